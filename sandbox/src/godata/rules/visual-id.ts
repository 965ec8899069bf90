import { ApiError } from '../errors.js';
import type { VisualIds } from '../store/visual-ids.js';

/** What a visual id is checked against. */
export interface VisualIdContext {
  /** The outbreak's mask for this kind of person. */
  mask: string;
  /** Those of everybody in the outbreak, of any kind, deleted people included. */
  taken: VisualIds;
  /** The person who will have the visual id; a new person has no id yet. */
  personId?: string;
}

/** The meaning of one character of a mask (godata FACTS §5.2). */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  '9': '\\d',
  '0': '\\d',
  Y: '\\d',
  '@': '[A-Za-z]',
  '&': '.',
  '*': '.*',
};

/**
 * The visual id that is stored for the one that was sent. A mask with 9s discards the sent number
 * and takes the next free one (r038, r039, r290). The mask `*` keeps the text, with characters of
 * regular expressions escaped by a backslash (r129).
 *
 * @throws ApiError 409 if the sent id is used (r040), 422 if it does not fit the mask (r041)
 */
export function resolveVisualId(sent: string, { mask, taken, personId }: VisualIdContext): string {
  if (taken.isTaken(sent, personId)) {
    const message = `The visual identifier \`${sent}\` is not unique.`;
    throw new ApiError(409, message, { code: 'DUPLICATE_VISUAL_ID', details: { id: sent } });
  }
  if (!maskExpression(mask).test(sent)) throw maskMismatch(sent, mask);
  const nines = /9+/.exec(mask);
  if (!nines) return mask.includes('*') ? escapeExpression(sent) : sent;
  return nextFree(sent, nines.index, nines[0].length, taken);
}

function maskExpression(mask: string): RegExp {
  // Only a whole YYYY means the year; any other Y is a letter.
  const parts = mask.split(/(YYYY)/).map(part => {
    const isYear = part === 'YYYY';
    const characters = [...part].map(character => {
      const placeholder = character === 'Y' && !isYear ? undefined : PLACEHOLDERS[character];
      return placeholder ?? escapeExpression(character);
    });
    return characters.join('');
  });
  return new RegExp(`^${parts.join('')}$`);
}

function nextFree(sent: string, start: number, digits: number, taken: VisualIds): string {
  const [before, after] = [sent.slice(0, start), sent.slice(start + digits)];
  return before + String(taken.highest(before, after) + 1).padStart(digits, '0') + after;
}

function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function maskMismatch(sent: string, mask: string): ApiError {
  const message = `Provided Visual ID template \`${sent}\` does not match Visual ID mask set on outbreak level \`${mask}\``;
  const details = { visualIdTemplate: sent, outbreakVisualIdMask: mask };
  return new ApiError(422, message, { code: 'INVALID_VISUAL_ID_MASK', details });
}
