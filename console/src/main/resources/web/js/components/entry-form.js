// A list of entries as a form. What is changed is changed in the list's text, so that everything else stays as it was written.
import { html, useEffect, useMemo, useRef, useState } from '../lib/html.js';
import { FIELDS, MULTILINE, nameIn, plainText, unshownNames } from '../lib/entryfields.js';
import { parseList, withElement, withField, withoutElement } from '../lib/jsontext.js';
import { count } from '../lib/format.js';
import { Field } from './field.js';
import { Reason, problemsOf } from './problems.js';
import { Text } from './text.js';

const PAGE = 50;
const BLANK = { log_path: '', topic: '' };
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

function about(problems, names) {
  return problems.filter((problem) => names.includes(problem.field));
}

function Multiline({ value, idPrefix, change, problems, readOnly }) {
  if (value !== undefined && !isObject(value)) {
    return html`<p class="quiet">multiline can only be changed in the JSON view.</p>`;
  }
  const set = (name, part) => {
    const next = { ...value, [name]: part };
    const kept = Object.values(next).some((one) => one !== undefined);
    change(kept ? next : undefined);
  };
  return html`
    <fieldset class="multiline"><legend>Multiline</legend>
      <div class="fields">${MULTILINE.map((field) => html`<${Field} key=${field.name} field=${field} idPrefix=${`${idPrefix}-multiline`}
        value=${value?.[field.name]} change=${(part) => set(field.name, part)} readOnly=${readOnly}
        problems=${about(problems, [`multiline.${field.name}`])} />`)}</div>
      ${about(problems, ['multiline']).map((problem) => html`<div class="wrong"><${Reason} problem=${problem} /></div>`)}
    </fieldset>`;
}

function shownPlaces(fields) {
  return new Set([...fields.flatMap((field) => (field.name === 'log_path' ? ['log_path', 'path'] : [field.name])), 'multiline',
    ...MULTILINE.map((field) => `multiline.${field.name}`)]);
}

function placeOf(problem) {
  const field = problem.field || '';
  return /^(exclude|include_lines|exclude_lines|fields)[.[]/.test(field) ? { ...problem, field: field.split(/[.[]/)[0] } : problem;
}

function EntryFields({ entry, idPrefix, change, remove, problems, hidden, readOnly }) {
  const fields = FIELDS.filter((field) => !hidden.includes(field.name));
  const placed = problems.map(placeOf);
  const places = shownPlaces(fields);
  const elsewhere = placed.filter((problem) => !places.has(problem.field));
  const unshown = unshownNames(entry);
  const filled = fields.some((field) => field.more && field.name in entry);
  const one = (field) => {
    const name = nameIn(entry, field.name);
    if (field.kind === 'multiline') {
      return html`<${Multiline} key=${name} value=${entry.multiline} idPrefix=${idPrefix} readOnly=${readOnly} problems=${placed}
        change=${(value) => change('multiline', value)} />`;
    }
    return html`<${Field} key=${field.name} field=${field} idPrefix=${idPrefix} value=${entry[name]} readOnly=${readOnly}
      change=${(value) => change(name, value)} problems=${about(placed, field.name === 'log_path' ? ['log_path', 'path'] : [name])} />`;
  };
  const wrongInside = fields.some((field) => field.more && placed.some((problem) => problem.field.split('.')[0] === field.name));
  return html`
    <div class="entry-fields">
      ${elsewhere.map((problem) => html`<div class="wrong"><${Reason} problem=${problem} /></div>`)}
      <div class="fields">${fields.filter((field) => !field.more).map(one)}</div>
      <details open=${filled || wrongInside}><summary>More fields</summary>
        <div class="fields">${fields.filter((field) => field.more).map(one)}</div>
      </details>
      ${unshown.length > 0 && html`<p class="quiet">Also set, see the JSON view: ${unshown.map((name, index) => html`${index > 0 && ', '}<${Text} value=${name} />`)}</p>`}
      ${!readOnly && html`<button type="button" class="small danger" onClick=${remove}>Remove this entry</button>`}
    </div>`;
}

function summary(entry) {
  const path = plainText(entry.log_path ?? entry.path) || '(no path yet)';
  const rate = entry.send_rate > 0 ? `${entry.send_rate} lines/s` : '';
  return { path, parts: [plainText(entry.topic), plainText(entry.service), entry.id && `id ${plainText(entry.id)}`, rate].filter(Boolean) };
}

function Entry({ index, entry, open, toggle, problems, focusNow, ...rest }) {
  const head = useRef(null);
  const { path, parts } = summary(entry);
  const idPrefix = `entry-${index}`;
  useEffect(() => {
    if (focusNow) {
      const box = head.current.parentElement.querySelector('input');
      (box || head.current).focus();
      head.current.scrollIntoView({ block: 'nearest' });
    }
  }, [focusNow]);
  return html`
    <li class=${`entry${problems.length > 0 ? ' bad' : ''}`}>
      <button type="button" class="entry-head" ref=${head} aria-expanded=${open} onClick=${toggle}>
        <span class="turner" aria-hidden="true">${open ? '▾' : '▸'}</span>
        <span class="index">${index + 1}</span>
        <span class="path"><${Text} value=${path} /></span>
        <span class="parts"><${Text} value=${parts.join(' · ')} /></span>
        ${problems.length > 0 && html`<span class="tag bad">${count(problems.length, 'problem')}</span>`}
      </button>
      ${open && html`<${EntryFields} entry=${entry} idPrefix=${idPrefix} problems=${problems} ...${rest} />`}
    </li>`;
}

function matches(entry, filter) {
  return filter === '' || JSON.stringify(entry).toLowerCase().includes(filter.toLowerCase());
}

/** Which entries (from 0) are unfolded; at first the only one there is. */
export function useOpened(text) {
  const [opened, setOpened] = useState(() => new Set(parseList(text)?.length === 1 ? [0] : []));
  return { opened, setOpened };
}

/**
 * The list `text` as a form; `change(text)` gets the new one. `problems` are the server's. `jump` is `{index}`: the entry to open.
 * `opened` and `setOpened` are the state of useOpened; `hidden` names fields that have no place here.
 */
export function EntryForm({ text, change, problems, jump, opened, setOpened, readOnly = false, hidden = [] }) {
  const entries = useMemo(() => parseList(text), [text]);
  const [filter, setFilter] = useState('');
  const [shown, setShown] = useState(PAGE);
  const [focused, setFocused] = useState(null);
  const open = (index) => {
    setOpened((before) => new Set([...before, index]));
    setFocused({ index });
  };
  useEffect(() => {
    if (jump) {
      setFilter('');
      setShown((before) => Math.max(before, jump.index + 1));
      open(jump.index);
    }
  }, [jump]);
  if (entries === null) {
    return html`<div class="notice bad">The text is no list of entries, so there is no form for it. Mend it in the JSON view.</div>`;
  }
  const toggle = (index) => setOpened((before) => {
    const next = new Set(before);
    return next.delete(index) ? next : next.add(index);
  });
  const add = () => {
    setFilter('');
    setShown((before) => Math.max(before, entries.length + 1));
    change(withElement(text, BLANK));
    open(entries.length);
  };
  const drop = (index) => {
    change(withoutElement(text, index));
    setFocused(null);
    setOpened((before) => new Set([...before].filter((one) => one !== index).map((one) => (one > index ? one - 1 : one))));
  };
  const found = entries.map((entry, index) => ({ entry, index })).filter(({ entry, index }) => opened.has(index) || matches(entry, filter));
  return html`
    ${entries.length > 8 && html`<div class="bar"><label>Filter entries <input type="search" value=${filter}
      onInput=${(event) => setFilter(event.target.value)} /></label><span class="quiet">${found.length} of ${entries.length}</span></div>`}
    ${entries.length === 0 && html`<p class="quiet">No entries: nothing is collected because of this list.</p>`}
    <ol class="entries">
      ${found.slice(0, shown).map(({ entry, index }) => html`<${Entry} key=${index} index=${index} entry=${entry} open=${opened.has(index)}
        toggle=${() => toggle(index)} problems=${problemsOf(problems, index)} readOnly=${readOnly} hidden=${hidden}
        focusNow=${focused?.index === index ? focused : null}
        change=${(name, value) => change(withField(text, index, name, value))} remove=${() => drop(index)} />`)}
    </ol>
    <div class="bar">
      ${found.length > shown && html`<button type="button" class="small" onClick=${() => setShown(shown + PAGE * 4)}>Show ${Math.min(PAGE * 4, found.length - shown)} more</button>`}
      ${!readOnly && html`<button type="button" onClick=${add}>Add entry</button>`}
    </div>`;
}
