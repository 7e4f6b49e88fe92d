// Who changed what, when and why: of one key, or of all.
import { html, useEffect, useState } from '../lib/html.js';
import { get, keyPath } from '../lib/api.js';
import { keepInAddress, url } from '../lib/router.js';
import { useLoad, useSettled, useTitle } from '../lib/hooks.js';
import { count, number, when } from '../lib/format.js';
import { Empty, Failure, Loading, Note } from '../components/messages.js';
import { Text } from '../components/text.js';

const PAGE = 100;
const ACTIONS = { put: 'saved', delete: 'deleted', rollback: 'rolled back', bulk: 'service written' };

function Row({ version, withKey }) {
  return html`<tr>
    <td class="time"><a href=${url('/change', { key: version.key, version: version.version })}>${when(version.time)}</a></td>
    ${withKey && html`<th scope="row"><a href=${url('/history', { key: version.key })}><${Text} value=${version.key} /></a></th>`}
    <td>${ACTIONS[version.action] || version.action}${version.outside_before && html` <span class="tag">after a change from outside</span>`}</td>
    <td><${Text} value=${version.author} /></td>
    <td class="w1"><${Text} value=${version.comment} /></td>
    <td class="figure w1">${number(version.entries)}</td>
    <td class="figure w2">${number(version.revision)}</td>
  </tr>`;
}

function Table({ versions, withKey }) {
  return html`<table><thead><tr><th scope="col">When</th>${withKey && html`<th scope="col">Key</th>`}<th scope="col">What</th><th scope="col">Who</th>
    <th scope="col" class="w1">Comment</th><th scope="col" class="figure w1">Entries</th><th scope="col" class="figure w2">Revision</th></tr></thead>
    <tbody>${versions.map((version) => html`<${Row} key=${`${version.key} ${version.version}`} version=${version} withKey=${withKey} />`)}</tbody></table>`;
}

function OfKey({ name }) {
  const { data, problem, reload } = useLoad((signal) => get(keyPath('/history', name), {}, signal), [name]);
  return html`
    <p class="crumbs"><a href="/history">History of all keys</a></p>
    <h1 tabindex="-1" class="name">History of <${Text} value=${name} /></h1>
    <p><a href=${url('/entry', { key: name })}>Its entries</a></p>
    <${Failure} problem=${problem} retry=${reload} />
    ${!data && !problem && html`<${Loading} />`}
    ${data?.outside && html`<${Note} kind="warn">What stands there now was written outside of the console, such as with etcdctl.<//>`}
    ${data && (data.versions.length > 0 ? html`<${Table} versions=${data.versions.map((version) => ({ ...version, key: name }))} />`
      : html`<${Empty} title="The console has not changed this key yet"><p>Every change made here is kept with its author and comment.</p><//>`)}`;
}

function OfAll({ params }) {
  const [author, setAuthor] = useState(params.get('author') || '');
  const [offset, setOffset] = useState(Number(params.get('offset')) || 0);
  const asked = useSettled(author);
  const { data, problem, reload } = useLoad((signal) => get('/history', { author: asked, offset, limit: PAGE }, signal), [asked, offset]);
  useEffect(() => keepInAddress(url('/history', { author: asked, offset: offset || '' })), [asked, offset]);
  return html`
    <h1 tabindex="-1">History</h1>
    <div class="bar"><label>Author <input type="search" value=${author} onInput=${(event) => { setAuthor(event.target.value); setOffset(0); }} /></label>
      <span class="quiet" role="status">${data ? count(data.total, 'change') : ''}</span></div>
    <${Failure} problem=${problem} retry=${reload} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && data.versions.length === 0 && html`<${Empty} title=${asked ? 'No changes by this author' : 'Nothing has been changed yet'}><p>Every change made in the console is kept here with its author and comment.</p><//>`}
    ${data && data.versions.length > 0 && html`<${Table} versions=${data.versions} withKey=${true} />
      ${data.total > PAGE && html`<nav class="bar" aria-label="Parts of the list">
        <button type="button" disabled=${offset === 0} onClick=${() => setOffset(Math.max(0, offset - PAGE))}>Newer</button>
        <span class="quiet">${number(offset + 1)} to ${number(offset + data.versions.length)} of ${number(data.total)}</span>
        <button type="button" disabled=${offset + data.versions.length >= data.total} onClick=${() => setOffset(offset + PAGE)}>Older</button></nav>`}`}`;
}

export function HistoryPage({ params }) {
  const key = params.get('key');
  useTitle('History');
  return key ? html`<${OfKey} key=${key} name=${key} />` : html`<${OfAll} params=${params} />`;
}
