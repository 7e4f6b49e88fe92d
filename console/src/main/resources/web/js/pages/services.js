// What is collected, by service; and one service written for many hosts.
import { html, useEffect, useState } from '../lib/html.js';
import { get } from '../lib/api.js';
import { keepInAddress, url } from '../lib/router.js';
import { useLoad, useMayEdit, useSettled, useTitle } from '../lib/hooks.js';
import { count, number } from '../lib/format.js';
import { Empty, Failure, Loading } from '../components/messages.js';
import { Labels } from '../components/labels.js';
import { Code, Text } from '../components/text.js';

const ROWS = 200;
const ENTRIES_SHOWN = 3;

function Row({ item }) {
  const more = (item.entries_total ?? item.entries.length) - ENTRIES_SHOWN;
  return html`<tr>
    <th scope="row"><a href=${url('/service', { name: item.service, known: true })}>${item.service === '' ? '(no service)' : html`<${Text} value=${item.service} />`}</a></th>
    <td>${item.entries.slice(0, ENTRIES_SHOWN).map((entry) => html`<div><${Code} value=${entry.path} /> <span class="quiet">→ <${Text} value=${entry.topic} /></span></div>`)}
      ${more > 0 && html`<div class="quiet">and ${more} more</div>`}</td>
    <td class="figure">${number(item.hosts)}</td>
    <td class="figure w1">${number(item.keys)}</td>
  </tr>`;
}

export function ServicesPage({ params }) {
  useTitle('Services');
  const mayEdit = useMayEdit();
  const [q, setQ] = useState(params.get('q') || '');
  const [shown, setShown] = useState(ROWS);
  const asked = useSettled(q);
  const { data, problem, reload } = useLoad((signal) => get('/services', { q: asked }, signal), [asked]);
  useEffect(() => keepInAddress(url('/services', { q: asked })), [asked]);
  return html`
    <h1 tabindex="-1">Services</h1>
    <p class="quiet">Where each service logs, over all keys. Write it once, and it goes to the own keys of many hosts.</p>
    <div class="bar">
      ${mayEdit && html`<a class="button main" href="/service">Write a service for many hosts</a>`}
      <label>Filter <input type="search" placeholder="part of a name" value=${q} onInput=${(event) => setQ(event.target.value)} /></label>
      <span class="quiet" role="status">${data ? count(data.services.length, 'service') : ''}</span>
    </div>
    <${Failure} problem=${problem} retry=${reload} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && data.services.length === 0 && (asked
      ? html`<${Empty} title="No service matches"><p>Type less of its name.</p><//>`
      : html`<${Empty} title="Nothing is collected yet"><p>${mayEdit ? 'Write the first service with the button above.' : 'An editor can write the first service here.'}</p><//>`)}
    ${data && data.services.length > 0 && html`
      <table><thead><tr><th scope="col">Service</th><th scope="col">Log files</th><th scope="col" class="figure">Hosts</th><th scope="col" class="figure w1">Keys</th></tr></thead>
        <tbody>${data.services.slice(0, shown).map((item) => html`<${Row} key=${item.service} item=${item} />`)}</tbody></table>
      ${data.services.length > shown && html`<div class="bar"><button type="button" onClick=${() => setShown(shown + 2 * ROWS)}>Show more</button></div>`}`}
    <${Labels} />`;
}
