// Figures and times for people.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const ABSENT = '–';

export function number(value) {
  return value === null || value === undefined ? ABSENT : value.toLocaleString('en');
}

/** Bytes in the unit that fits. */
export function bytes(value) {
  if (value === null || value === undefined) {
    return ABSENT;
  }
  let unit = 0;
  let rest = value;
  while (Math.abs(rest) >= 1024 && unit < UNITS.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${unit === 0 || rest >= 100 ? Math.round(rest) : rest.toFixed(1)} ${UNITS[unit]}`;
}

/** Milliseconds in the largest unit that fits. */
export function duration(millis) {
  if (millis === null || millis === undefined) {
    return ABSENT;
  }
  const steps = [[86400000, 'd'], [3600000, 'h'], [60000, 'min'], [1000, 's']];
  const [size, unit] = steps.find(([step]) => millis >= step) || [1, 'ms'];
  const value = millis / size;
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

/** How long ago an RFC 3339 time was. */
export function ago(time, now = Date.now()) {
  const then = Date.parse(time);
  if (Number.isNaN(then)) {
    return ABSENT;
  }
  const seconds = Math.floor((now - then) / 1000);
  return seconds < 1 ? 'now' : `${duration(seconds * 1000)} ago`;
}

function two(value, digits = 2) {
  return String(value).padStart(digits, '0');
}

/** An RFC 3339 time in the browser's time zone, as 2026-11-22 21:15:00. */
export function when(time, { millis = false } = {}) {
  const at = new Date(time);
  if (time === null || time === undefined || Number.isNaN(at.getTime())) {
    return ABSENT;
  }
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${day} ${clock}${millis ? `.${two(at.getMilliseconds(), 3)}` : ''}`;
}

/** `one` or `many` with the figure before it. */
export function count(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}
