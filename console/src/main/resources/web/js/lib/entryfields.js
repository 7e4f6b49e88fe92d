// The fields of an entry as the form shows them, and how their JSON is written and read in a text box.

const DURATION = 'such as 500ms, 5s, 10m, 2h, 1d';

/** Fields in the order of the form. `kind`: text, literal (number), choice, lines, object or multiline. */
export const FIELDS = [
  { name: 'log_path', label: 'Path', kind: 'text', required: true, hint: 'File or glob: * ? [..] {a,b} **' },
  { name: 'topic', label: 'Topic', kind: 'text', required: true, hint: 'Kafka topic' },
  { name: 'service', label: 'Service', kind: 'text' },
  { name: 'send_rate', label: 'Rate, lines/s', kind: 'literal', hint: 'All files of the entry together; empty: unlimited' },
  { name: 'send_bytes', label: 'Rate, bytes/s', kind: 'literal', more: true, hint: 'Empty: unlimited' },
  { name: 'id', label: 'Id', kind: 'text', more: true, hint: 'Tells two entries on one file apart. Another id reads the file anew.' },
  { name: 'start_position', label: 'Start position', kind: 'choice', more: true, choices: ['beginning', 'end'], hint: 'For files that exist when first seen; else beginning' },
  { name: 'encoding', label: 'Encoding', kind: 'text', more: true, hint: 'UTF-8, GBK, GB18030, UTF-16LE, ISO-8859-1, …; empty: UTF-8' },
  { name: 'exclude', label: 'Excluded files', kind: 'lines', more: true, hint: 'One glob a line' },
  { name: 'include_lines', label: 'Only lines with', kind: 'lines', more: true, hint: 'One regular expression a line' },
  { name: 'exclude_lines', label: 'No lines with', kind: 'lines', more: true, hint: 'One regular expression a line' },
  { name: 'keep_empty_lines', label: 'Keep empty lines', kind: 'choice', more: true, choices: [true, false], hint: 'Else they are left out' },
  { name: 'max_line_bytes', label: 'Longest line, bytes', kind: 'literal', more: true, hint: 'Longer ones are cut and flagged' },
  { name: 'ignore_older', label: 'Ignore files older than', kind: 'literal', more: true, hint: DURATION },
  { name: 'close_idle', label: 'Close idle files after', kind: 'literal', more: true, hint: DURATION },
  { name: 'fields', label: 'Constant fields', kind: 'object', more: true, hint: 'One a line: name = value' },
  { name: 'multiline', label: 'Multiline', kind: 'multiline', more: true },
];

export const MULTILINE = [
  { name: 'pattern', label: 'Pattern', kind: 'text', hint: 'Regular expression that joins lines into events; empty: off' },
  { name: 'negate', label: 'Negate', kind: 'choice', choices: [true, false], hint: 'Join lines that do not match' },
  { name: 'match', label: 'Joined', kind: 'choice', choices: ['after', 'before'], hint: 'To the line before them (after) or behind them (before)' },
  { name: 'max_lines', label: 'At most lines', kind: 'literal', hint: 'Empty: 500' },
  { name: 'timeout_ms', label: 'Wait, ms', kind: 'literal', hint: 'Empty: 5000' },
];

const NAMES = new Set([...FIELDS.map((field) => field.name), 'path']);

/** Under which name the entry has the field. */
export function nameIn(entry, name) {
  return name === 'log_path' && !('log_path' in entry) && 'path' in entry ? 'path' : name;
}

/** Which of the entry's fields the form has no place for. */
export function unshownNames(entry) {
  return Object.keys(entry).filter((name) => !NAMES.has(name));
}

function isLiteral(text) {
  try {
    const value = JSON.parse(text);
    return value === null || typeof value !== 'object';
  } catch {
    return false;
  }
}

/** A single value as it stands in a text box: numbers and booleans bare, text that looks like them in quotes. */
export function literalText(value) {
  if (value === undefined) {
    return '';
  }
  return typeof value === 'string' && !isLiteral(value) ? value : JSON.stringify(value);
}

/** The other way round; an empty box is no value. */
export function literalValue(text) {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : isLiteral(trimmed) ? JSON.parse(trimmed) : trimmed;
}

/** A text as it stands in a text box. */
export function plainText(value) {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A list of texts, one a line; null if the value can't be written so. */
export function linesText(value) {
  if (value === undefined) {
    return '';
  }
  const writable = Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '' && !/[\r\n]/.test(one));
  return writable ? value.join('\n') : null;
}

export function linesValue(text) {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.length > 0 ? lines : undefined;
}

/** Constants, `name = value` a line; null if they can't be written so. */
export function objectText(value) {
  if (value === undefined) {
    return '';
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return null;
  }
  const text = Object.entries(value).map(([name, part]) => `${name} = ${literalText(part)}`).join('\n');
  return JSON.stringify(objectValue(text)) === JSON.stringify(value) ? text : null;
}

export function objectValue(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), literalValue(line.slice(at + 1)) ?? ''];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}
