// Log lines: always as text, with what would act in them made visible; each expands to its whole document.
import { Fragment, html, useState } from '../lib/html.js';
import { get } from '../lib/api.js';
import { useLoad } from '../lib/hooks.js';
import { when } from '../lib/format.js';
import { Failure, Loading } from './messages.js';
import { Text } from './text.js';

const FIELDS_MAX = 500;

/** The document's fields with their paths, in order. */
export function flat(value, path = '') {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, part]) => flat(part, path ? `${path}.${name}` : name));
  }
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}

function Whole({ hit }) {
  const { data, problem, reload } = useLoad((signal) => get('/search/documents', { index: hit.index, id: hit.id }, signal), [hit.index, hit.id]);
  if (!data) {
    return html`<${Failure} problem=${problem} retry=${reload} />${!problem && html`<${Loading} />`}`;
  }
  const fields = [['_index', data.index], ['_id', data.id], ...flat(data.source)];
  return html`<dl class="document">${fields.slice(0, FIELDS_MAX).map(([name, value]) => html`<div><dt><${Text} value=${name} /></dt><dd><${Text} value=${value} /></dd></div>`)}
    ${fields.length > FIELDS_MAX && html`<div><dt>and</dt><dd>${fields.length - FIELDS_MAX} more fields</dd></div>`}</dl>`;
}

function Line({ hit, open, toggle }) {
  return html`
    <${Fragment}>
    <tr class=${open ? 'open' : ''}>
      <td class="time"><button type="button" class="link" aria-expanded=${open} onClick=${toggle} aria-label=${`${open ? 'Close' : 'Open'} the document of ${when(hit.time, { millis: true })}`}>
        <span class="turner" aria-hidden="true">${open ? '▾' : '▸'}</span> ${when(hit.time, { millis: true })}</button></td>
      <td class="w1"><${Text} value=${hit.host} /></td>
      <td class="w1"><${Text} value=${hit.service} /></td>
      <td class="message">${hit.level && html`<span class="tag"><${Text} value=${hit.level} /></span> `}<${Text} value=${hit.message} />${hit.message_truncated && html` <span class="tag">cut; open it for the rest</span>`}</td>
    </tr>
    ${open && html`<tr class="whole"><td colspan="4"><${Whole} hit=${hit} /></td></tr>`}
    <//>`;
}

export function Lines({ hits }) {
  const [opened, setOpened] = useState(() => new Set());
  const toggle = (id) => setOpened((before) => {
    const next = new Set(before);
    return next.delete(id) ? next : next.add(id);
  });
  return html`
    <table class="lines">
      <thead><tr><th scope="col">Time</th><th scope="col" class="w1">Host</th><th scope="col" class="w1">Service</th><th scope="col">Line</th></tr></thead>
      <tbody>${hits.map((hit) => {
        const id = `${hit.index} ${hit.id}`;
        return html`<${Line} key=${id} hit=${hit} open=${opened.has(id)} toggle=${() => toggle(id)} />`;
      })}</tbody>
    </table>`;
}
