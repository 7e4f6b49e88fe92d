// The keys that hold lists of entries.
import { html, useContext, useEffect, useState } from '../lib/html.js';
import { get } from '../lib/api.js';
import { go, keepInAddress, url } from '../lib/router.js';
import { ConsoleFacts, useLoad, useMayEdit, useSettled, useTitle } from '../lib/hooks.js';
import { count, number } from '../lib/format.js';
import { Empty, Failure, Loading } from '../components/messages.js';
import { Text } from '../components/text.js';

const PAGE = 200;
const SERVICES_SHOWN = 5;

function Row({ item }) {
  const services = item.services.filter((name) => name !== '');
  return html`<tr>
    <th scope="row"><a href=${url('/entry', { key: item.key })}><${Text} value=${item.key} /></a>
      ${item.problems > 0 && html`<div class="reason">refused by the agents: ${count(item.problems, 'problem')}</div>`}</th>
    <td class="figure">${number(item.entries)}</td>
    <td class="w1"><${Text} value=${services.slice(0, SERVICES_SHOWN).join(', ')} />${services.length > SERVICES_SHOWN && html` <span class="quiet">and ${services.length - SERVICES_SHOWN} more</span>`}</td>
    <td class="figure">${number(item.hosts)}</td>
    <td class="figure w1"><a href=${url('/history', { key: item.key })}>${number(item.revision)}</a></td>
  </tr>`;
}

function NewKey({ facts }) {
  const template = facts?.host_template || facts?.entries_paths?.[0] || '';
  const [key, setKey] = useState('');
  const submit = (event) => {
    event.preventDefault();
    go(url('/entry', { key: key.trim() }));
  };
  return html`
    <form class="bar" onSubmit=${submit}>
      <label>Key <input class="wide" required pattern="\\s*/.*" list="templates" placeholder=${template} value=${key} onInput=${(event) => setKey(event.target.value)}
        aria-describedby="key-hint" /></label>
      <datalist id="templates">${(facts?.entries_paths || []).map((path) => html`<option value=${path} />`)}</datalist>
      <button>Open or make</button>
      <span class="hint" id="key-hint">Keys that hosts read: ${(facts?.entries_paths || []).map((path, index) => html`${index > 0 && ', '}<code>${path}</code>`)}</span>
    </form>`;
}

export function EntriesPage({ params }) {
  useTitle('Entries');
  const facts = useContext(ConsoleFacts);
  const mayEdit = useMayEdit();
  const [q, setQ] = useState(params.get('q') || '');
  const [offset, setOffset] = useState(Number(params.get('offset')) || 0);
  const asked = useSettled(q);
  const { data, problem, reload } = useLoad((signal) => get('/keys', { q: asked, offset, limit: PAGE }, signal), [asked, offset]);
  useEffect(() => keepInAddress(url('/entries', { q: asked, offset: offset || '' })), [asked, offset]);
  const last = data ? Math.min(data.matched, offset + data.keys.length) : 0;
  return html`
    <h1 tabindex="-1">Entries</h1>
    <p class="quiet">Each key holds a list of what is to be collected. A host’s lists are merged; a later key overrides an earlier one for the same path and id.</p>
    ${mayEdit && html`<${NewKey} facts=${facts} />`}
    <div class="bar"><label>Filter <input type="search" placeholder="part of a key" value=${q} onInput=${(event) => { setQ(event.target.value); setOffset(0); }} /></label>
      <span class="quiet" role="status">${data ? count(data.matched, 'key') : ''}</span></div>
    <${Failure} problem=${problem} retry=${reload} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && data.keys.length === 0 && (data.total > 0
      ? html`<${Empty} title="No key matches"><p>Type less of it.</p><//>`
      : html`<${Empty} title="There are no entries yet"><p>Open a key above and add its first entry, or write a <a href="/services">service</a> for many hosts at once.</p><//>`)}
    ${data && data.keys.length > 0 && html`
      <table><thead><tr><th scope="col">Key</th><th scope="col" class="figure">Entries</th><th scope="col" class="w1">Services</th>
        <th scope="col" class="figure">Hosts</th><th scope="col" class="figure w1">Revision</th></tr></thead>
        <tbody>${data.keys.map((item) => html`<${Row} key=${item.key} item=${item} />`)}</tbody></table>
      ${data.matched > PAGE && html`<nav class="bar" aria-label="Parts of the list">
        <button type="button" disabled=${offset === 0} onClick=${() => setOffset(Math.max(0, offset - PAGE))}>Previous</button>
        <span class="quiet">${number(offset + 1)} to ${number(last)} of ${number(data.matched)}</span>
        <button type="button" disabled=${last >= data.matched} onClick=${() => setOffset(offset + PAGE)}>Next</button></nav>`}`}`;
}
