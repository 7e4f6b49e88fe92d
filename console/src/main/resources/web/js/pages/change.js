// One change of a key: its diff, and the way back to it.
import { html, useState } from '../lib/html.js';
import { get, keyPath, post } from '../lib/api.js';
import { go, url } from '../lib/router.js';
import { useLoad, useMayEdit, useTitle } from '../lib/hooks.js';
import { when } from '../lib/format.js';
import { Difference } from '../components/difference.js';
import { Failure, Loading, Note } from '../components/messages.js';
import { Problems } from '../components/problems.js';
import { Conflict } from '../components/conflict.js';
import { Review } from '../components/review.js';
import { Text } from '../components/text.js';

async function load(key, version, signal) {
  const change = await get(keyPath('/history', key), { version }, signal);
  try {
    return { change, now: await get(keyPath('/entries', key), {}, signal) };
  } catch (problem) {
    if (problem.status !== 404) {
      throw problem;
    }
    return { change, now: { key, revision: 0, text: null, problems: [], hosts_total: null } };
  }
}

function Change({ change, now, mayEdit, start }) {
  return html`
    <p class="quiet">${when(change.time)}, by <${Text} value=${change.author} />${change.comment && html` “<${Text} value=${change.comment} />”`} · ${change.action}, revision ${change.revision}</p>
    <h2>What it changed</h2>
    ${change.before_known === false ? html`<${Note}>The version before it is no longer kept.<//>` : html`<${Difference} before=${change.before} after=${change.after} />`}
    ${change.after === now.text
      ? html`<${Note} kind="good">This is what stands there now.<//>`
      : html`<h2>From what stands there now to this version</h2><${Difference} before=${now.text} after=${change.after} label="From now to this version" />
        ${mayEdit && html`<div class="bar"><button type="button" class="main" onClick=${start}>Roll back to this version</button></div>`}`}`;
}

export function ChangePage({ params }) {
  const key = params.get('key') || '';
  const version = params.get('version') || '';
  useTitle(`Change of ${key}`);
  const mayEdit = useMayEdit();
  const [base, setBase] = useState(null);
  const [conflict, setConflict] = useState(null);
  const { data, problem, reload } = useLoad((signal) => load(key, version, signal), [key, version]);
  const rollBack = async (comment) => {
    try {
      await post('/rollback', { key, version, comment }, { match: base.revision });
      go(url('/history', { key }));
    } catch (failure) {
      if (failure.status !== 412) {
        throw failure;
      }
      setConflict(failure.body);
    }
  };
  const onTop = () => {
    setBase({ ...base, ...conflict.current });
    setConflict(null);
  };
  const leave = () => {
    setConflict(null);
    setBase(null);
    reload();
  };
  return html`
    <p class="crumbs"><a href=${url('/history', { key })}>History of <${Text} value=${key} /></a></p>
    <h1 tabindex="-1" class="name">Change of <${Text} value=${key} /></h1>
    <${Failure} problem=${problem} retry=${reload} />
    ${problem && html`<${Problems} problems=${problem.problems || []} />`}
    ${!data && !problem && html`<${Loading} />`}
    ${data && (conflict
      ? html`<${Conflict} base=${base} conflict=${conflict} mine=${data.change.after} takeTheirs=${leave} putMine=${onTop} goOn=${leave} />`
      : base
        ? html`<${Review} key=${base.revision} base=${base} text=${data.change.after} back=${() => setBase(null)} save=${rollBack} />`
        : html`<${Change} change=${data.change} now=${data.now} mayEdit=${mayEdit} start=${() => setBase(data.now)} />`)}`;
}
