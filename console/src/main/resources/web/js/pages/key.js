// One key: looked at, changed, reviewed, saved; and what to do when somebody else was faster.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { get, keyPath, post, put, remove } from '../lib/api.js';
import { go, keepInAddress, setGuard, url } from '../lib/router.js';
import { useLoad, useMayEdit, useSettled, useTitle } from '../lib/hooks.js';
import { count, when } from '../lib/format.js';
import { elementsOf, parseList } from '../lib/jsontext.js';
import { EntryForm, useOpened } from '../components/entry-form.js';
import { Failure, Loading, Note } from '../components/messages.js';
import { Problems } from '../components/problems.js';
import { Conflict } from '../components/conflict.js';
import { Review } from '../components/review.js';
import { Text } from '../components/text.js';

const TYPING_MS = 300;
const UNSAVED = 'There are changes that are not saved. Leave all the same?';

async function load(key, signal) {
  try {
    return await get(keyPath('/entries', key), {}, signal);
  } catch (problem) {
    if (problem.status === 404 && problem.body.revision === 0) {
      return { key, revision: 0, text: null, problems: [], hosts: [], hosts_total: null };
    }
    throw problem;
  }
}

/** The server's view of a text, some time after the last stroke; answers to older texts don't count. */
function useCheck(key, text, base) {
  const settled = useSettled(text, TYPING_MS);
  const same = settled === (base.text ?? '[]');
  const ask = (signal) => (same
    ? Promise.resolve({ problems: base.problems, entries: null })
    : post('/validate', { key, text: settled }, { signal }));
  const { data, problem, loading } = useLoad(ask, [settled, same, base]);
  return { problems: data?.problems || [], failure: problem, checking: loading || settled !== text };
}

function JsonView({ text, change, problems, readOnly, place }) {
  const area = useRef(null);
  const goTo = (index) => {
    if (parseList(text) === null) {
      area.current.focus();
      return;
    }
    const element = elementsOf(text)[index];
    if (element) {
      area.current.focus();
      area.current.setSelectionRange(element.start, element.end);
    }
  };
  useEffect(() => place(() => goTo), [text]);
  return html`
    <label for="json" class="unseen">List of entries as JSON</label>
    <textarea id="json" class="json" ref=${area} rows=${Math.min(40, Math.max(12, text.split('\n').length + 1))} spellcheck=${false} autocapitalize="off" readonly=${readOnly}
      aria-invalid=${problems.length > 0} aria-describedby="check" value=${text} onInput=${(event) => change(event.target.value)}></textarea>`;
}

function CheckLine({ check, changed }) {
  const wrong = check.problems.length;
  const words = check.checking ? 'Checking…' : wrong > 0 ? `Refused: ${count(wrong, 'problem')}.` : changed ? 'The agents accept this list.' : '';
  return html`<p id="check" role="status" class=${wrong > 0 ? 'bad-text' : 'quiet'}>${words}</p>`;
}

function Views({ view, choose }) {
  return html`<div class="chips" role="group" aria-label="View">
    ${[['form', 'Form'], ['json', 'JSON']].map(([name, title]) => html`<button type="button" aria-pressed=${view === name} onClick=${() => choose(name)}>${title}</button>`)}</div>`;
}

function Facts({ base }) {
  const made = base.revision > 0;
  return html`<p class="quiet">
    ${made ? html`Revision ${base.revision}${base.author ? html`, by <${Text} value=${base.author} /> at ${when(base.time)}` : ', written outside of the console'}` : 'This key doesn’t exist yet: saving makes it.'}
    ${base.comment && html` “<${Text} value=${base.comment} />”`}
    ${base.hosts_total !== null && html` · read by ${count(base.hosts_total, 'known host')}`}
    ${made && html` · <a href=${url('/history', { key: base.key })}>History</a>`}</p>`;
}

function Editor({ loaded, params }) {
  const key = loaded.key;
  const mayEdit = useMayEdit();
  const [base, setBase] = useState(loaded);
  const [text, setText] = useState(loaded.text ?? '[]');
  const unfolded = useOpened(text);
  const [view, setView] = useState(params.get('view') === 'json' ? 'json' : 'form');
  const [step, setStep] = useState('edit');
  const [conflict, setConflict] = useState(null);
  const [jump, setJump] = useState(null);
  const [goTo, setGoTo] = useState(null);
  const [saved, setSaved] = useState('');
  const check = useCheck(key, text, base);
  const changed = text !== (base.text ?? '[]');
  useEffect(() => {
    setGuard(changed ? UNSAVED : null);
    return () => setGuard(null);
  }, [changed]);
  const choose = (name) => {
    setView(name);
    setJump(null);
    keepInAddress(url('/entry', { key, view: name === 'json' ? 'json' : '' }));
  };
  const edit = (next) => {
    setText(next);
    setSaved('');
  };
  const adopt = (answer, words) => {
    setBase(answer);
    setText(answer.text ?? '[]');
    setStep('edit');
    setConflict(null);
    setSaved(words);
  };
  const refused = (problem) => {
    if (problem.status !== 412) {
      throw problem;
    }
    setConflict(problem.body);
    setStep('conflict');
  };
  const save = async (comment) => {
    try {
      const answer = await put(keyPath('/entries', key), { text, comment }, { match: base.revision });
      adopt(answer, answer.changed === false ? 'Nothing had to be changed.' : `Saved as revision ${answer.revision}.`);
    } catch (problem) {
      refused(problem);
    }
  };
  const erase = async (comment) => {
    try {
      await remove(keyPath('/entries', key), { match: base.revision, query: { comment } });
      setGuard(null);
      go('/entries');
    } catch (problem) {
      refused(problem);
    }
  };
  if (step === 'conflict') {
    const theirs = { ...base, ...conflict.current, problems: [] };
    const wasDelete = conflict.yours.text === null;
    return html`<${Conflict} base=${base} conflict=${conflict} mine=${wasDelete ? null : text}
      takeTheirs=${() => adopt(theirs, 'This is now their version.')}
      putMine=${() => { setBase(theirs); setStep(wasDelete ? 'delete' : 'review'); }}
      goOn=${() => setStep('edit')} />`;
  }
  if (step === 'review' || step === 'delete') {
    const deleting = step === 'delete';
    return html`<${Review} base=${base} text=${deleting ? null : text} back=${() => setStep('edit')} save=${deleting ? erase : save} />`;
  }
  return html`
    <${Facts} base=${base} />
    ${saved && html`<${Note} kind="good" live=${true}>${saved}${base.revision > 0 && html` <a href="/hosts">See how hosts take it</a>`}<//>`}
    <div class="bar"><${Views} view=${view} choose=${choose} /><${CheckLine} check=${check} changed=${changed} /></div>
    <${Failure} problem=${check.failure} />
    <${Problems} problems=${view === 'json' ? check.problems : check.problems.filter((problem) => problem.entry > 0 || parseList(text) === null || !problem.field)}
      open=${view === 'json' ? (index) => goTo?.(index) : (index) => setJump({ index })} />
    ${view === 'json'
      ? html`<${JsonView} text=${text} change=${edit} problems=${check.problems} readOnly=${!mayEdit} place=${setGoTo} />`
      : html`<${EntryForm} text=${text} change=${edit} problems=${check.problems} jump=${jump} readOnly=${!mayEdit} ...${unfolded} />`}
    ${mayEdit && html`<div class="bar actions">
      <button type="button" class="main" disabled=${!changed || check.checking || check.problems.length > 0} onClick=${() => setStep('review')}>Review and save</button>
      <button type="button" disabled=${!changed} onClick=${() => { if (window.confirm('Drop your changes?')) { edit(base.text ?? '[]'); } }}>Drop changes</button>
      ${base.revision > 0 && html`<button type="button" class="danger" disabled=${changed} onClick=${() => setStep('delete')}>Delete key</button>`}
    </div>`}`;
}

export function KeyPage({ params }) {
  const key = params.get('key') || '';
  useTitle(key);
  const { data, problem, reload } = useLoad((signal) => load(key, signal), [key]);
  return html`
    <p class="crumbs"><a href="/entries">Entries</a></p>
    <h1 tabindex="-1" class="name"><${Text} value=${key} /></h1>
    ${!data && html`<${Failure} problem=${problem} retry=${reload} />`}
    ${!data && !problem && html`<${Loading} />`}
    ${data && html`<${Editor} loaded=${data} params=${params} />`}`;
}
