// Reasons why a list is refused.
import { html } from '../lib/html.js';
import { Code, Text } from './text.js';

const SHOWN_MAX = 50;

/** Which problems belong to entry `index` (from 0). */
export function problemsOf(problems, index) {
  return problems.filter((problem) => problem.entry === index + 1);
}

/** One problem as a sentence. */
export function Reason({ problem, withField = true }) {
  return html`${problem.host && html`host <${Code} value=${problem.host} />: `}
    ${withField && problem.field && html`<strong><${Text} value=${problem.field} /></strong> `}
    ${problem.value && html`<${Code} value=${problem.value} /> `}<${Text} value=${problem.reason} />`;
}

/** All problems; `open(index)` leads to an entry (from 0). */
export function Problems({ problems, open }) {
  if (problems.length === 0) {
    return null;
  }
  return html`
    <ul class="problems">
      ${problems.slice(0, SHOWN_MAX).map((problem) => html`<li>
        ${problem.entry > 0 && (open
          ? html`<button type="button" class="link" onClick=${() => open(problem.entry - 1)}>Entry ${problem.entry}</button>: `
          : html`Entry ${problem.entry}: `)}
        <${Reason} problem=${problem} /></li>`)}
      ${problems.length > SHOWN_MAX && html`<li>and ${problems.length - SHOWN_MAX} more</li>`}
    </ul>`;
}
