// Filters by service, host and level: the commonest values of what was found, and any other by hand.
import { html, useState } from '../lib/html.js';
import { number } from '../lib/format.js';
import { Text } from './text.js';

const TITLES = { service: 'Service', host: 'Host', level: 'Level' };

function Facet({ name, values, chosen, change }) {
  const [typed, setTyped] = useState('');
  const listed = [...chosen.filter((value) => !values.some((one) => one.value === value)).map((value) => ({ value, count: null })), ...values];
  const toggle = (value) => change(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  const add = (event) => {
    event.preventDefault();
    const value = typed.trim();
    if (value !== '' && !chosen.includes(value)) {
      change([...chosen, value]);
    }
    setTyped('');
  };
  return html`
    <fieldset class="facet"><legend>${TITLES[name]}</legend>
      ${listed.map(({ value, count }) => html`<label key=${value}><input type="checkbox" checked=${chosen.includes(value)} onChange=${() => toggle(value)} />
        <span class="value"><${Text} value=${value || '(none)'} /></span> <span class="quiet">${count === null ? '' : number(count)}</span></label>`)}
      <form class="bar" onSubmit=${add}><input class="short" aria-label=${`Another ${name}`} placeholder=${`another ${name}`} value=${typed} onInput=${(event) => setTyped(event.target.value)} />
        <button class="small">Add</button></form>
    </fieldset>`;
}

/** `filters` has a list of chosen values for each name. */
export function Facets({ facets, filters, change }) {
  const names = ['service', 'host', 'level'].filter((name) => name !== 'level' || filters.level.length > 0 || facets?.level?.length > 0);
  const active = names.reduce((sum, name) => sum + filters[name].length, 0);
  return html`<details class="facets" open=${window.innerWidth > 900}><summary>Filters${active > 0 ? ` (${active})` : ''}</summary>
    ${names.map((name) => html`<${Facet} key=${name} name=${name} values=${facets?.[name] || []} chosen=${filters[name]} change=${(values) => change({ ...filters, [name]: values })} />`)}</details>`;
}
