// Changes single values in JSON text, so that everything else stays as it was written. Takes text that JSON.parse accepts.

function skipSpace(text, from) {
  let at = from;
  while (' \t\r\n'.includes(text[at]) && at < text.length) {
    at += 1;
  }
  return at;
}

function endOfString(text, from) {
  let at = from + 1;
  while (text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function endOfNested(text, from) {
  let depth = 0;
  let at = from;
  do {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    depth += '{['.includes(character) ? 1 : '}]'.includes(character) ? -1 : 0;
    at += 1;
  } while (depth > 0);
  return at;
}

function endOfValue(text, from) {
  if (text[from] === '"') {
    return endOfString(text, from);
  }
  if (text[from] === '{' || text[from] === '[') {
    return endOfNested(text, from);
  }
  let at = from;
  while (at < text.length && !',]} \t\r\n'.includes(text[at])) {
    at += 1;
  }
  return at;
}

/** Where the elements of the array stand that begins at `from`: `{start, end}` of each. */
export function elementsOf(text, from = skipSpace(text, 0)) {
  const found = [];
  let at = skipSpace(text, from + 1);
  while (text[at] !== ']') {
    const end = endOfValue(text, at);
    found.push({ start: at, end });
    at = skipSpace(text, end);
    at = text[at] === ',' ? skipSpace(text, at + 1) : at;
  }
  return found;
}

/** Where the members of the object stand that begins at `from`: `{name, start, value, end}` of each. */
export function membersOf(text, from) {
  const found = [];
  let at = skipSpace(text, from + 1);
  while (text[at] !== '}') {
    const nameEnd = endOfString(text, at);
    const value = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = endOfValue(text, value);
    found.push({ name: JSON.parse(text.slice(at, nameEnd)), start: at, value, end });
    at = skipSpace(text, end);
    at = text[at] === ',' ? skipSpace(text, at + 1) : at;
  }
  return found;
}

function splice(text, start, end, replacement) {
  return text.slice(0, start) + replacement + text.slice(end);
}

function cut(text, parts, index, open, close) {
  if (parts.length === 1) {
    return splice(text, open, close, '');
  }
  return index > 0 ? splice(text, parts[index - 1].end, parts[index].end, '') : splice(text, parts[0].start, parts[1].start, '');
}

/** The list with field `name` of its element `index` (from 0) set to `value`, or without that field if undefined. */
export function withField(text, index, name, value) {
  const element = elementsOf(text)[index];
  const members = membersOf(text, element.start);
  const at = members.findLastIndex((member) => member.name === name);
  if (value === undefined) {
    return at < 0 ? text : cut(text, members, at, element.start + 1, element.end - 1);
  }
  const json = JSON.stringify(value);
  if (at >= 0) {
    return splice(text, members[at].value, members[at].end, json);
  }
  const member = `${JSON.stringify(name)}: ${json}`;
  const last = members.at(-1);
  return last ? splice(text, last.end, last.end, `, ${member}`) : splice(text, element.start, element.end, `{${member}}`);
}

/** The list with one more element at its end. */
export function withElement(text, value) {
  const elements = elementsOf(text);
  const json = `{${Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${JSON.stringify(part)}`).join(', ')}}`;
  const last = elements.at(-1);
  return last ? splice(text, last.end, last.end, `,\n  ${json}`) : `[\n  ${json}\n]`;
}

/** The list without its element `index` (from 0). */
export function withoutElement(text, index) {
  const open = skipSpace(text, 0);
  return cut(text, elementsOf(text), index, open + 1, text.lastIndexOf(']'));
}

/** The list if the text is one and all its elements are objects, else null. */
export function parseList(text) {
  try {
    const list = JSON.parse(text);
    const whole = Array.isArray(list) && list.every((one) => one !== null && typeof one === 'object' && !Array.isArray(one));
    return whole ? list : null;
  } catch {
    return null;
  }
}

/** The text in lines for reading: one field a line if it is a list of objects, values as written, else as it stands. */
export function readableLines(text) {
  if (text === null) {
    return [];
  }
  if (parseList(text) === null) {
    return text.split('\n');
  }
  return elementsOf(text).flatMap(({ start, end }) => [
    '{',
    ...membersOf(text, start).map((member) => `  ${JSON.stringify(member.name)}: ${text.slice(member.value, member.end)}`),
    text.slice(end - 1, end),
  ]);
}
