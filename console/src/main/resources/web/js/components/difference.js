// Two texts, as a diff of lines.
import { html, useMemo } from '../lib/html.js';
import { diffLines, folded } from '../lib/diff.js';
import { readableLines } from '../lib/jsontext.js';
import { count } from '../lib/format.js';
import { Text } from './text.js';

const LINES_MAX = 2000;
const SIGNS = { same: ' ', removed: '−', added: '+' };
const WORDS = { removed: 'removed: ', added: 'added: ' };

function Line({ step }) {
  if (step.kind === 'folded') {
    return html`<div class="fold">${count(step.lines, 'equal line')}</div>`;
  }
  return html`<div class=${step.kind}><span class="sign" aria-hidden="true">${SIGNS[step.kind]}</span>
    ${WORDS[step.kind] && html`<span class="unseen">${WORDS[step.kind]}</span>`}<span><${Text} value=${step.text} /></span></div>`;
}

/** What leads from `before` to `after`; null stands for a key that doesn't exist. */
export function Difference({ before, after, label = 'Changes' }) {
  const steps = useMemo(() => folded(diffLines(readableLines(before), readableLines(after))), [before, after]);
  const added = steps.filter((step) => step.kind === 'added').length;
  const removed = steps.filter((step) => step.kind === 'removed').length;
  if (before === after) {
    return html`<p class="quiet">Both are the same.</p>`;
  }
  if (added + removed === 0) {
    return html`<p class="quiet">${before === null || after === null ? 'The list is empty.' : 'Only white space differs.'}</p>`;
  }
  return html`
    <p class="quiet">${count(added, 'line')} added, ${count(removed, 'line')} removed</p>
    <div class="diff" role="region" aria-label=${label} tabindex="0">
      ${steps.slice(0, LINES_MAX).map((step) => html`<${Line} step=${step} />`)}
      ${steps.length > LINES_MAX && html`<div class="fold">${count(steps.length - LINES_MAX, 'more line')}</div>`}
    </div>`;
}
