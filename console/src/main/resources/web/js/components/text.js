// Text that others wrote, with what would act in it made visible.
import { html } from '../lib/html.js';
import { pieces } from '../lib/escapes.js';

export function Text({ value }) {
  const text = value === null || value === undefined ? '' : String(value);
  return pieces(text).map((piece) => (piece.hidden ? html`<span class="escape">${piece.text}</span>` : piece.text));
}

export function Code({ value }) {
  return html`<code><${Text} value=${value} /></code>`;
}
