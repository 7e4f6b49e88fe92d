// Light or dark: as the system has it, until somebody chooses.
import { html, useState } from '../lib/html.js';

const STORED = 'tailrace.theme';
const THEMES = [['', 'System'], ['light', 'Light'], ['dark', 'Dark']];

function stored() {
  try {
    return localStorage.getItem(STORED) || '';
  } catch {
    return '';
  }
}

export function applyTheme(theme = stored()) {
  if (theme) {
    document.documentElement.dataset.theme = theme;
  } else {
    delete document.documentElement.dataset.theme;
  }
}

function choose(theme) {
  applyTheme(theme);
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // A browser that keeps nothing still shows the choice until the next reload.
  }
}

export function Theme() {
  const [theme, setTheme] = useState(stored);
  const changed = (event) => {
    setTheme(event.target.value);
    choose(event.target.value);
  };
  return html`<select class="theme" aria-label="Colours" value=${theme} onChange=${changed}>
    ${THEMES.map(([value, name]) => html`<option value=${value}>${name}</option>`)}</select>`;
}
