// One field of an entry: its label, box, hint and what is wrong with it.
import { html, useEffect, useState } from '../lib/html.js';
import { linesText, linesValue, literalText, literalValue, objectText, objectValue, plainText } from '../lib/entryfields.js';
import { Reason } from './problems.js';

const KINDS = {
  text: { write: plainText, read: (text) => (text === '' ? undefined : text) },
  literal: { write: literalText, read: literalValue },
  choice: { write: literalText, read: literalValue },
  lines: { write: linesText, read: linesValue },
  object: { write: objectText, read: objectValue },
};

// Keeps what is being typed, such as an empty last line, as long as it means the value that the list has.
function useDraft(kind, value) {
  const [draft, setDraft] = useState(() => kind.write(value));
  const means = draft === null ? undefined : JSON.stringify(kind.read(draft));
  const stale = draft === null || means !== JSON.stringify(value);
  const text = stale ? kind.write(value) : draft;
  useEffect(() => {
    if (stale) {
      setDraft(text);
    }
  }, [stale, text]);
  return [text, setDraft];
}

function Box({ field, id, text, change, described, invalid, readOnly }) {
  const common = { id, 'aria-describedby': described, 'aria-invalid': invalid, disabled: readOnly };
  const input = (event) => change(event.target.value);
  if (field.kind === 'choice') {
    const known = field.choices.map(String);
    return html`<select ...${common} value=${text} onChange=${input}>
      <option value="">not set</option>
      ${[...new Set([...known, ...(text ? [text] : [])])].map((choice) => html`<option value=${choice}>${choice}</option>`)}
    </select>`;
  }
  if (field.kind === 'lines' || field.kind === 'object') {
    return html`<textarea ...${common} rows=${Math.min(8, Math.max(2, text.split('\n').length))} spellcheck=${false} value=${text}
      onInput=${input}></textarea>`;
  }
  return html`<input ...${common} type="text" autocomplete="off" spellcheck=${false} value=${text} onInput=${input}
    inputmode=${field.name.startsWith('send_') || field.name.startsWith('max_') ? 'numeric' : undefined} aria-required=${field.required} />`;
}

/** `change(value)` with undefined takes the field away. */
export function Field({ field, idPrefix, value, change, problems, readOnly }) {
  const kind = KINDS[field.kind];
  const [text, setDraft] = useDraft(kind, value);
  const id = `${idPrefix}-${field.name}`;
  const typed = (written) => {
    setDraft(written);
    change(kind.read(written));
  };
  const described = [field.hint && `${id}-hint`, problems.length > 0 && `${id}-problems`].filter(Boolean).join(' ') || undefined;
  return html`
    <div class=${`field ${field.kind}`}>
      <label for=${id}>${field.label}${field.required && html`<span class="quiet"> required</span>`}</label>
      ${text === null
        ? html`<p id=${id} class="quiet">This value can only be changed in the JSON view.</p>`
        : html`<${Box} field=${field} id=${id} text=${text} change=${typed} described=${described} invalid=${problems.length > 0} readOnly=${readOnly} />`}
      ${field.hint && html`<div class="hint" id=${`${id}-hint`}>${field.hint}</div>`}
      ${problems.length > 0 && html`<div class="wrong" id=${`${id}-problems`}>
        ${problems.map((problem) => html`<div><${Reason} problem=${problem} withField=${false} /></div>`)}</div>`}
    </div>`;
}
