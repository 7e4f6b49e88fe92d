// Tables whose head sorts them. An order is a column's name, with a minus before it for the other way round.
import { html } from '../lib/html.js';

/** The rows in that order; equal ones stay as they were. */
export function sorted(rows, orders, order) {
  const down = order.startsWith('-');
  const value = orders[order.replace(/^-/, '')];
  if (!value) {
    return rows;
  }
  const compare = (one, other) => (typeof one === 'string' ? one.localeCompare(other, 'en', { numeric: true }) : one - other);
  const keyed = rows.map((row) => [value(row), row]);
  keyed.sort(([one], [other]) => (down ? compare(other, one) : compare(one, other)));
  return keyed.map(([, row]) => row);
}

/** A head cell; figures begin with the largest. */
export function HeadCell({ name, title, kind = '', order, setOrder }) {
  const chosen = order.replace(/^-/, '') === name;
  const down = order.startsWith('-');
  const first = kind.includes('figure') ? `-${name}` : name;
  const press = () => setOrder(chosen ? (down ? name : `-${name}`) : first);
  return html`<th scope="col" class=${kind} aria-sort=${chosen ? (down ? 'descending' : 'ascending') : undefined}>
    <button type="button" class="sort" onClick=${press}>${title}<span aria-hidden="true">${chosen ? (down ? ' ↓' : ' ↑') : ''}</span></button></th>`;
}
