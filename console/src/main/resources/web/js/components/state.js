// A state as a shape and a word, so that colour is never all that tells.
import { html } from '../lib/html.js';

const SHAPES = {
  healthy: html`<circle cx="6" cy="6" r="4.5" fill="currentColor" />`,
  applying: html`<path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" /><circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  failed: html`<path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" stroke-width="2.4" />`,
  drifted: html`<path d="M6 1l5 9.5H1z" fill="currentColor" />`,
  offline: html`<circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6" />`,
};

export const STATES = ['failed', 'drifted', 'applying', 'offline', 'healthy'];

export function State({ value }) {
  const known = String(value).toLowerCase();
  const kind = known === 'applied' ? 'healthy' : known;
  return html`<span class=${`state ${kind}`}>
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">${SHAPES[kind]}</svg>${known}</span>`;
}
