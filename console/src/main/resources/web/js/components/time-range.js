// Chooses a time range: a quick one, or two times.
import { html, useState } from '../lib/html.js';
import { QUICK, endsOf, localText, localTime } from '../lib/ranges.js';

export function TimeRange({ range, change }) {
  const [wrong, setWrong] = useState('');
  const ends = endsOf(range, Date.now());
  const chosen = (event) => {
    setWrong('');
    change(event.target.value === '' ? endsOf(range, Date.now()) : { quick: event.target.value });
  };
  const typed = (part) => (event) => {
    const next = { ...ends, [part]: localTime(event.target.value) };
    if (next.from === null || next.to === null || next.from >= next.to) {
      setWrong('The time range must end after it begins.');
      return;
    }
    setWrong('');
    change(next);
  };
  return html`
    <label>Time <select value=${range.quick || ''} onChange=${chosen}>
      ${QUICK.map(([name, title]) => html`<option value=${name}>${title}</option>`)}<option value="">From … to …</option></select></label>
    ${!range.quick && html`
      <label>From <input type="datetime-local" step="1" value=${localText(range.from)} onChange=${typed('from')} aria-invalid=${wrong !== ''} /></label>
      <label>To <input type="datetime-local" step="1" value=${localText(range.to)} onChange=${typed('to')} aria-invalid=${wrong !== ''} /></label>`}
    ${wrong && html`<span class="wrong" role="alert">${wrong}</span>`}`;
}
