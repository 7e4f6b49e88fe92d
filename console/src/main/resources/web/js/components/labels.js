// Labels: named sets of hosts.
import { html, useState } from '../lib/html.js';
import { get, put, remove } from '../lib/api.js';
import { useLoad, useMayEdit } from '../lib/hooks.js';
import { count } from '../lib/format.js';
import { Failure, Note } from './messages.js';
import { Text } from './text.js';

// The console reads labels from etcd every second or so, so that a new one comes up a little later.
const EVERY_MS = 2000;

/** Host ids from a text: separated by white space or commas. */
export function idsOf(text) {
  return [...new Set(text.split(/[\s,]+/).filter((id) => id !== ''))];
}

const place = (name) => `/labels/${encodeURIComponent(name)}`;

function Form({ label, done, cancel }) {
  const [name, setName] = useState(label?.name || '');
  const [hosts, setHosts] = useState((label?.hosts || []).join('\n'));
  const [problem, setProblem] = useState(null);
  const attempt = async (event, action) => {
    event.preventDefault();
    try {
      await action();
      done();
    } catch (failure) {
      setProblem(failure);
    }
  };
  const save = (event) => attempt(event, () => put(place(name), { hosts: idsOf(hosts) }, { match: label ? label.revision : 0 }));
  const erase = (event) => window.confirm(`Delete the label ${name}? No host’s entries change.`) && attempt(event, () => remove(place(name)));
  return html`
    <form class="stack box" onSubmit=${save}>
      <label for="label-name">Name</label>
      <input id="label-name" required pattern="[A-Za-z0-9._\\-]{1,100}" title="Letters, digits, dots, dashes and underscores" readonly=${Boolean(label)} value=${name} onInput=${(event) => setName(event.target.value)} />
      <label for="label-hosts">Host ids <span class="quiet">(one a line; ${count(idsOf(hosts).length, 'host')})</span></label>
      <textarea id="label-hosts" rows="6" spellcheck=${false} value=${hosts} onInput=${(event) => setHosts(event.target.value)}></textarea>
      <${Failure} problem=${problem} />
      <div class="bar"><button class="main">Save label</button><button type="button" onClick=${cancel}>Cancel</button>
        ${label && html`<button type="button" class="danger" onClick=${erase}>Delete label</button>`}</div>
    </form>`;
}

export function Labels() {
  const mayEdit = useMayEdit();
  const { data, problem, reload } = useLoad((signal) => get('/labels', {}, signal), [], { every: EVERY_MS });
  const [open, setOpen] = useState(null);
  const [failure, setFailure] = useState(null);
  const show = async (name) => {
    try {
      setOpen({ label: await get(place(name)) });
      setFailure(null);
    } catch (refused) {
      setFailure(refused);
    }
  };
  const done = () => {
    setOpen(null);
    reload();
  };
  return html`
    <h2>Labels</h2>
    <p class="quiet">Named sets of hosts, to write a service for.</p>
    <${Failure} problem=${failure || problem} retry=${reload} />
    ${data && html`<div class="chips">
      ${data.labels.map((label) => html`<button type="button" key=${label.name} disabled=${!mayEdit} onClick=${() => show(label.name)}><${Text} value=${label.name} /> <strong>${label.hosts}</strong></button>`)}
      ${data.labels.length === 0 && html`<${Note}>There are no labels yet.<//>`}
      ${mayEdit && html`<button type="button" onClick=${() => setOpen({ label: null })}>New label</button>`}</div>`}
    ${open && html`<${Form} key=${open.label?.name || ''} label=${open.label} done=${done} cancel=${() => setOpen(null)} />`}`;
}
