// All hosts: counts by state as filters, text filter, order.
import { html, useEffect, useMemo, useState } from '../lib/html.js';
import { get } from '../lib/api.js';
import { keepInAddress, url } from '../lib/router.js';
import { useLoad, useSettled, useTitle } from '../lib/hooks.js';
import { ago, bytes, count, duration, number } from '../lib/format.js';
import { STATES, State } from '../components/state.js';
import { Empty, Failure, Loading } from '../components/messages.js';
import { Text } from '../components/text.js';
import { HeadCell, sorted } from '../components/sorting.js';

const EVERY_MS = 5000;
const ASKED_MAX = 5000;
const ROWS = 250;
const ORDERS = {
  state: (host) => STATES.indexOf(host.state),
  name: (host) => host.name || host.id,
  files: (host) => host.files ?? -1,
  lag: (host) => host.lag_bytes ?? -1,
  rate: (host) => host.lines_per_s ?? -1,
  seen: (host) => host.last_seen || '',
};

function Counts({ counts, total, state, choose }) {
  const one = (value, figure, content) => html`<button type="button" aria-pressed=${state === value} onClick=${() => choose(value)}>
    ${content} <strong>${number(figure)}</strong></button>`;
  return html`<div class="chips" role="group" aria-label="State">
    ${one('', total, 'all')}${STATES.map((name) => one(name, counts[name] ?? 0, html`<${State} value=${name} />`))}</div>`;
}

function Row({ host }) {
  const name = host.name || host.id;
  return html`<tr>
    <td><${State} value=${host.state} /></td>
    <th scope="row"><a href=${url('/host', { id: host.id })}><${Text} value=${name} /></a>
      ${host.reason && html`<div class=${`reason ${host.state}`}><${Text} value=${host.reason} /></div>`}</th>
    <td class="w2">${host.addresses.map((address) => html`<div><${Text} value=${address} /></div>`)}</td>
    <td class="w2"><${Text} value=${host.labels.join(', ')} /></td>
    <td class="figure w1">${number(host.files)}${host.unreadable_files > 0 && html`<div class="bad-text">${number(host.unreadable_files)} unreadable</div>`}</td>
    <td class="figure">${bytes(host.lag_bytes)}${host.lag_ms > 0 && html`<div class="quiet">${duration(host.lag_ms)}</div>`}</td>
    <td class="figure w1">${number(host.lines_per_s)}<div class="quiet">${host.bytes_per_s === null ? '' : `${bytes(host.bytes_per_s)}/s`}</div></td>
    <td class="figure w1">${ago(host.last_seen)}</td>
  </tr>`;
}

function Table({ hosts, order, setOrder }) {
  const [shown, setShown] = useState(ROWS);
  const rows = useMemo(() => sorted(hosts, ORDERS, order), [hosts, order]);
  const head = (name, title, kind = '') => html`<${HeadCell} name=${name} title=${title} kind=${kind} order=${order} setOrder=${setOrder} />`;
  return html`
    <table>
      <thead><tr>${head('state', 'State')}${head('name', 'Host')}<th scope="col" class="w2">Addresses</th><th scope="col" class="w2">Labels</th>
        ${head('files', 'Files', 'figure w1')}${head('lag', 'Lag', 'figure')}${head('rate', 'Lines/s', 'figure w1')}${head('seen', 'Last seen', 'figure w1')}</tr></thead>
      <tbody>${rows.slice(0, shown).map((host) => html`<${Row} key=${host.id} host=${host} />`)}</tbody>
    </table>
    ${rows.length > shown && html`<div class="bar"><button type="button" onClick=${() => setShown(shown + 4 * ROWS)}>Show more</button>
      <span class="quiet">${number(shown)} of ${number(rows.length)}</span></div>`}`;
}

function Nothing({ filtered }) {
  return filtered
    ? html`<${Empty} title="No host matches"><p>Take another state, or less text.</p><//>`
    : html`<${Empty} title="No host has reported yet">
        <p>A host comes up here as soon as a source connector with <code>entries.paths</code> runs on it and reaches the same etcd.</p><//>`;
}

export function HostsPage({ params }) {
  useTitle('Hosts');
  const [q, setQ] = useState(params.get('q') || '');
  const [state, setState] = useState(params.get('state') || '');
  const [order, setOrder] = useState(params.get('sort') || 'state');
  const asked = useSettled(q);
  const { data, problem, reload } = useLoad((signal) => get('/hosts', { q: asked, state, limit: ASKED_MAX }, signal), [asked, state], { every: EVERY_MS });
  useEffect(() => keepInAddress(url('/hosts', { q: asked, state, sort: order === 'state' ? '' : order })), [asked, state, order]);
  return html`
    <h1 tabindex="-1">Hosts</h1>
    <${Failure} problem=${problem} retry=${reload} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && html`
      <${Counts} counts=${data.counts} total=${data.total} state=${state} choose=${setState} />
      <div class="bar"><label>Filter <input type="search" placeholder="name, id or address" value=${q} onInput=${(event) => setQ(event.target.value)} /></label>
        <span class="quiet" role="status">${count(data.matched, 'host')}${data.matched > data.hosts.length ? `, the first ${number(data.hosts.length)}` : ''}</span></div>
      ${data.hosts.length === 0 ? html`<${Nothing} filtered=${data.total > 0} />` : html`<${Table} hosts=${data.hosts} order=${order} setOrder=${setOrder} />`}`}`;
}
