// One host: what it has applied of which key, and how far it is in which file.
import { html, useState } from '../lib/html.js';
import { get, remove } from '../lib/api.js';
import { go, url } from '../lib/router.js';
import { useLoad, useMayEdit, useTitle } from '../lib/hooks.js';
import { ago, bytes, count, duration, number, when } from '../lib/format.js';
import { State } from '../components/state.js';
import { Failure, Loading, Note } from '../components/messages.js';
import { Code, Text } from '../components/text.js';
import { HeadCell, sorted } from '../components/sorting.js';

const EVERY_MS = 5000;
const ROWS = 100;
const ORDERS = {
  path: (file) => file.path,
  lag: (file) => file.lag_bytes ?? -1,
  size: (file) => file.size ?? -1,
  rate: (file) => file.lines_per_s ?? -1,
};

function Facts({ host }) {
  const facts = [
    ['State', html`<${State} value=${host.state} />`], ['Id', html`<${Code} value=${host.id} />`],
    ['Addresses', html`<${Text} value=${host.addresses.join(', ')} />`], ['Labels', html`<${Text} value=${host.labels.join(', ') || '–'} />`],
    ['Version', html`<${Text} value=${host.version || '–'} />`], ['Connectors', html`<${Text} value=${host.connectors.join(', ')} />`],
    ['Files', number(host.files)], ['Lag', `${bytes(host.lag_bytes)}, ${duration(host.lag_ms)}`],
    ['Rate', `${number(host.lines_per_s)} lines/s, ${bytes(host.bytes_per_s)}/s`],
    ['First seen', when(host.first_seen)], ['Last seen', html`<span title=${when(host.last_seen)}>${ago(host.last_seen)}</span>`],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function Key({ report }) {
  const inForce = report.revision_in_force ?? (report.state === 'APPLIED' ? report.revision : null);
  return html`<tr>
    <td><${State} value=${report.state} /></td>
    <th scope="row"><a href=${url('/entry', { key: report.key })}><${Text} value=${report.key} /></a>
      ${!report.exists && html` <span class="quiet">doesn’t exist</span>`}
      ${report.errors.map((error) => html`<div class="reason"><${Text} value=${error} /></div>`)}
      ${report.errors_left_out > 0 && html`<div class="reason">and ${report.errors_left_out} more</div>`}</th>
    <td class="figure w1">${number(report.entries)}</td>
    <td class="figure">${number(inForce)}</td>
    <td class="figure">${number(report.store_revision)}</td>
  </tr>`;
}

function Keys({ host }) {
  const reported = new Set(host.keys.map((report) => report.key));
  const silent = host.entry_keys.filter((key) => !reported.has(key));
  return html`
    <h2>Keys</h2>
    ${host.keys.length > 0 && html`<table>
      <thead><tr><th scope="col">State</th><th scope="col">Key</th><th scope="col" class="figure w1">Entries</th>
        <th scope="col" class="figure">In force</th><th scope="col" class="figure">In etcd</th></tr></thead>
      <tbody>${host.keys.map((report) => html`<${Key} key=${`${report.connector} ${report.key}`} report=${report} />`)}</tbody></table>`}
    ${silent.length > 0 && html`<p class="quiet">${host.keys.length > 0 ? 'Also reads' : 'Reads'} ${silent.map((key, index) => html`${index > 0 && ', '}<a href=${url('/entry', { key })}><${Text} value=${key} /></a>`)}</p>`}`;
}

function File({ file }) {
  return html`<tr>
    <th scope="row"><${Code} value=${file.path} />${file.throttled && html` <span class="tag">throttled</span>`}
      ${file.error && html`<div class="reason"><${Text} value=${file.error} /></div>`}</th>
    <td class="figure w1">${number(file.position)}</td>
    <td class="figure w1">${bytes(file.size)}</td>
    <td class="figure">${bytes(file.lag_bytes)}${file.lag_ms > 0 && html`<div class="quiet">${duration(file.lag_ms)}</div>`}</td>
    <td class="figure">${number(file.lines_per_s)}</td>
  </tr>`;
}

function Files({ host }) {
  const [order, setOrder] = useState('-lag');
  const [shown, setShown] = useState(ROWS);
  const files = sorted(host.tasks.flatMap((task) => task.streams.map((stream) => ({ ...stream, task: `${task.connector}/${task.task}` }))), ORDERS, order);
  const leftOut = host.tasks.reduce((sum, task) => sum + (task.files_left_out || 0), 0);
  const head = (name, title, kind) => html`<${HeadCell} name=${name} title=${title} kind=${kind} order=${order} setOrder=${setOrder} />`;
  if (files.length === 0) {
    return html`<h2>Files</h2><p class="quiet">${host.state === 'offline' ? 'An offline host reports no files.' : 'No file matches the host’s entries yet.'}</p>`;
  }
  return html`
    <h2>Files</h2>
    <table><thead><tr>${head('path', 'Path', '')}<th scope="col" class="figure w1">Position</th>${head('size', 'Size', 'figure w1')}${head('lag', 'Lag', 'figure')}${head('rate', 'Lines/s', 'figure')}</tr></thead>
      <tbody>${files.slice(0, shown).map((file) => html`<${File} key=${`${file.task} ${file.stream}`} file=${file} />`)}</tbody></table>
    ${files.length > shown && html`<div class="bar"><button type="button" onClick=${() => setShown(shown + ROWS * 2)}>Show more</button><span class="quiet">${shown} of ${files.length}</span></div>`}
    ${leftOut > 0 && html`<p class="quiet">${count(leftOut, 'more file')}, less behind than these, aren’t reported one by one.</p>`}`;
}

export function HostPage({ params }) {
  const id = params.get('id') || '';
  useTitle(id);
  const mayEdit = useMayEdit();
  const [failure, setFailure] = useState(null);
  const { data, problem, reload } = useLoad((signal) => get(`/hosts/${encodeURIComponent(id)}`, {}, signal), [id], { every: EVERY_MS });
  const forget = async () => {
    if (!window.confirm(`Forget ${id}? It comes back when it reports again.`)) {
      return;
    }
    try {
      await remove(`/hosts/${encodeURIComponent(id)}`);
      go('/hosts');
    } catch (refused) {
      setFailure(refused);
    }
  };
  return html`
    <p class="crumbs"><a href="/hosts">Hosts</a></p>
    <h1 tabindex="-1"><${Text} value=${data?.name || id} /></h1>
    <${Failure} problem=${failure || problem} retry=${failure ? undefined : reload} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && html`
      ${data.reason && html`<${Note} kind=${data.state === 'failed' ? 'bad' : 'warn'}><${Text} value=${data.reason} /><//>`}
      <${Facts} host=${data} />
      <div class="bar"><a class="button" href=${url('/logs', { host: data.name || data.id })}>Its logs</a>
        ${mayEdit && data.state === 'offline' && html`<button type="button" class="danger" onClick=${forget}>Forget this host</button>`}</div>
      <${Keys} host=${data} />
      <${Files} host=${data} />`}`;
}
