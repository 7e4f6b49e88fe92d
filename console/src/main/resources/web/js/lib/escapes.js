// Makes characters visible that would act instead of being seen: controls, terminal escapes, direction marks.

// All of Cc except tab and line feed, plus what changes the order or the look of text around it.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function name(character) {
  const code = character.charCodeAt(0);
  if (code === 0x0d) {
    return '\\r';
  }
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The text in pieces: `{text, hidden}`, where hidden ones are escapes for a character that acts. */
export function pieces(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > from) {
      found.push({ text: text.slice(from, match.index), hidden: false });
    }
    found.push({ text: name(match[0]), hidden: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) {
    found.push({ text: text.slice(from), hidden: false });
  }
  return found;
}

/** The text as one string, with escapes instead of characters that act. */
export function visible(text) {
  return text.replace(HIDDEN, name);
}
