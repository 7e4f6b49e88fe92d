// What a change does, on which hosts.
import { html } from '../lib/html.js';
import { count } from '../lib/format.js';
import { url } from '../lib/router.js';
import { Code, Text } from './text.js';

const HOSTS_SHOWN = 12;

function Hosts({ ids, total }) {
  const shown = ids.slice(0, HOSTS_SHOWN);
  return html`${shown.map((id, index) => html`${index > 0 && ', '}<a href=${url('/host', { id })}><${Text} value=${id} /></a>`)}
    ${total > shown.length && html` and ${count(total - shown.length, 'more host', 'more hosts')}`}`;
}

function Entry({ entry }) {
  return html`<li><${Code} value=${entry.path} />${entry.id && html` (id <${Code} value=${entry.id} />)`}
    <span class="quiet"> to topic </span><${Code} value=${entry.topic} />
    ${entry.fields && html`<ul class="plain">${entry.fields.map((field) => html`
      <li><${Text} value=${field.field} />: <${Code} value=${field.before ?? 'not set'} /> → <${Code} value=${field.after ?? 'not set'} /></li>`)}</ul>`}</li>`;
}

function Kind({ title, entries, total }) {
  return entries.length > 0 && html`<div><h4>${title} <span class="quiet">${total ?? entries.length}</span></h4>
    <ul class="plain">${entries.map((entry) => html`<${Entry} entry=${entry} />`)}</ul>
    ${total > entries.length && html`<p class="quiet">and ${total - entries.length} more</p>`}</div>`;
}

/** The answer of a validation. */
export function Effects({ answer }) {
  if (answer.hosts_affected === 0) {
    return html`<p>Nothing changes on any known host (${count(answer.hosts_total, 'host')} read this key).</p>`;
  }
  const shown = answer.effects.reduce((sum, effect) => sum + effect.hosts_total, 0);
  return html`
    <p><strong>${count(answer.hosts_affected, 'host')}</strong> affected, of ${count(answer.hosts_total, 'host')} that read this key.</p>
    ${answer.effects.map((effect) => html`
      <section class="effect">
        <h3>On <${Hosts} ids=${effect.hosts} total=${effect.hosts_total} /></h3>
        <${Kind} title="Starts" entries=${effect.starts} total=${effect.starts_total} />
        <${Kind} title="Stops" entries=${effect.stops} total=${effect.stops_total} />
        <${Kind} title="Changes" entries=${effect.changes} total=${effect.changes_total} />
      </section>`)}
    ${shown < answer.hosts_affected && html`<p class="quiet">and ${count(answer.hosts_affected - shown, 'more host')}</p>`}`;
}
