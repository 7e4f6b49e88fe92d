// Time ranges: a quick one that ends now, such as 15m, or two fixed times.

export const QUICK = [
  ['5m', 'Last 5 minutes'], ['15m', 'Last 15 minutes'], ['1h', 'Last hour'], ['6h', 'Last 6 hours'], ['24h', 'Last 24 hours'], ['7d', 'Last 7 days'],
];
const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const DEFAULT = '15m';

/** The range that parameters of an address name: `{quick}` or `{from, to}` in RFC 3339. */
export function rangeOf(params) {
  const from = Date.parse(params.get('from'));
  const to = Date.parse(params.get('to'));
  if (!Number.isNaN(from) && !Number.isNaN(to) && from < to) {
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  }
  const quick = params.get('range');
  return { quick: QUICK.some(([name]) => name === quick) ? quick : DEFAULT };
}

/** Its two ends in RFC 3339, as of `now` in milliseconds. */
export function endsOf(range, now) {
  if (!range.quick) {
    return { from: range.from, to: range.to };
  }
  const millis = Number(range.quick.slice(0, -1)) * UNITS[range.quick.slice(-1)];
  return { from: new Date(now - millis).toISOString(), to: new Date(now).toISOString() };
}

/** What of it goes into the address. */
export function rangeParams(range) {
  return range.quick ? { range: range.quick === DEFAULT ? '' : range.quick } : { from: range.from, to: range.to };
}

/** An RFC 3339 time as a datetime-local box has it: in the browser's time zone. */
export function localText(time) {
  const at = new Date(time);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** The other way round; null if there is none. */
export function localTime(text) {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
