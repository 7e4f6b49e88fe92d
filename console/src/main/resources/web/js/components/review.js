// Before saving: what changes in the text, on which hosts, and why.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { post } from '../lib/api.js';
import { useLoad } from '../lib/hooks.js';
import { Difference } from './difference.js';
import { Effects } from './effects.js';
import { Failure, Loading } from './messages.js';
import { Problems } from './problems.js';

const COMMENT_MAX = 500;

/** `text` null: the key is to be deleted. `save(comment)` may throw a Problem. */
export function Review({ base, text, back, save }) {
  const deleting = text === null;
  const head = useRef(null);
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const check = useLoad((signal) => post('/validate', deleting ? { key: base.key, delete: true } : { key: base.key, text }, { signal }), [text, base.revision]);
  useEffect(() => head.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await save(comment.trim());
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <h2 tabindex="-1" ref=${head}>${deleting ? 'Delete this key' : 'Review the changes'}</h2>
    <${Difference} before=${base.text} after=${text} />
    <h3>What happens on hosts</h3>
    <${Failure} problem=${check.problem} retry=${check.reload} />
    ${check.data ? (check.data.valid === false ? html`<${Problems} problems=${check.data.problems} />` : html`<${Effects} answer=${check.data} />`) : !check.problem && html`<${Loading} what="Asking which hosts are affected" />`}
    <form onSubmit=${submit} class="stack">
      <label for="comment">Comment <span class="quiet">(why; goes into the history)</span></label>
      <input id="comment" class="wide" maxlength=${COMMENT_MAX} value=${comment} onInput=${(event) => setComment(event.target.value)} />
      <${Failure} problem=${problem} />
      ${problem && html`<${Problems} problems=${problem.problems} />`}
      <div class="bar">
        <button class=${deleting ? 'main danger' : 'main'} disabled=${busy || check.data?.valid === false}>${busy ? 'Saving…' : deleting ? 'Delete' : 'Save'}</button>
        <button type="button" onClick=${back}>Back</button>
      </div>
    </form>`;
}
