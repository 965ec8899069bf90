import { PERSON_MODELS, type PersonModel } from '../person-models.js';
import type { OutbreakRecord } from '../types/index.js';
import type { RecordReader } from './record-reader.js';

const FIELDS = Object.values(PERSON_MODELS).map(({ maskField }) => maskField);

/** Reads the mask for the visual ids of an outbreak. */
export type ReadMask = (outbreakId: string, kind: PersonModel) => Promise<string>;

/** Creates a reader of masks. It reads each outbreak once. */
export function createMaskReader(records: RecordReader<OutbreakRecord>): ReadMask {
  const outbreaks = new Map<string, Promise<OutbreakRecord>>();
  return async (outbreakId, kind) => {
    let outbreak = outbreaks.get(outbreakId);
    if (!outbreak) {
      outbreak = records.get(outbreakId, FIELDS);
      outbreaks.set(outbreakId, outbreak);
      // The next call must try again.
      outbreak.catch(() => outbreaks.delete(outbreakId));
    }
    return (await outbreak)[PERSON_MODELS[kind].maskField] ?? '';
  };
}

/** Whether the server assigns visual ids by this mask, whatever is sent (FACTS §5.2). */
export function assignsNumbers(mask: string): boolean {
  return mask.includes('9');
}

/** The value that makes the server assign the next number: the mask with the year in digits. */
export function templateOf(mask: string): string {
  return mask.replace('YYYY', String(new Date().getUTCFullYear()));
}

/** The meaning of the characters of a mask, as regular expressions (FACTS §5.2). */
const PLACEHOLDERS: Record<string, string> = {
  '9': '\\d',
  '0': '\\d',
  YYYY: '\\d{4}',
  '@': '[A-Za-z]',
  '&': '.',
  '*': '.*',
};

/** Whether a text matches a mask. */
export function matchesMask(mask: string, text: string): boolean {
  const parts = mask.match(/YYYY|[\s\S]/g) ?? [];
  const pattern = parts.map(
    part => PLACEHOLDERS[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^${pattern.join('')}$`).test(text);
}
