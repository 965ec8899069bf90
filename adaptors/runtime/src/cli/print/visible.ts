/**
 * Characters that a terminal obeys or that change how the text around them is read: control
 * characters, DEL, the marks of writing direction, and line separators.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

const escapeOf = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A line of text with its control characters written out. Names on a server are data: one with an
 * escape sequence must not move the cursor, hide a line or forge one.
 *
 * @example
 * visible('Clinic \u001b[2K'); // 'Clinic \\u001b[2K'
 */
export function visible(line: string): string {
  return line.replace(UNSEEN, sign => (sign === '\t' ? ' ' : escapeOf(sign)));
}

/**
 * A document as JSON whose control characters are all escapes, which JSON itself demands of half of
 * them only. It reads back to the same document.
 */
export function toVisibleJson(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(UNSEEN, sign =>
    sign === '\n' ? sign : escapeOf(sign),
  );
}
