import { PERSON_MODELS, type PersonModel } from '../person-models.js';
import type { OutbreakRecord } from '../types/index.js';
import type { RecordReader } from './record-reader.js';

const FIELDS = Object.values(PERSON_MODELS).map(({ maskField }) => maskField);

/** Gives the masks that an outbreak's visual ids are checked against. */
export type ReadMask = (outbreakId: string, kind: PersonModel) => Promise<string>;

/** Creates the reader of masks: each outbreak is read once. */
export function createMaskReader(records: RecordReader<OutbreakRecord>): ReadMask {
  const outbreaks = new Map<string, Promise<OutbreakRecord>>();
  return async (outbreakId, kind) => {
    let outbreak = outbreaks.get(outbreakId);
    if (!outbreak) {
      outbreak = records.get(outbreakId, FIELDS);
      outbreaks.set(outbreakId, outbreak);
      // A failure is not to be remembered.
      outbreak.catch(() => outbreaks.delete(outbreakId));
    }
    return (await outbreak)[PERSON_MODELS[kind].maskField] ?? '';
  };
}

/** Whether visual ids of this mask are numbered by the server, whatever is sent (FACTS §5.2). */
export function numbersItself(mask: string): boolean {
  return mask.includes('9');
}

/** What makes the server give the next number: the mask itself, its year in digits. */
export function templateOf(mask: string): string {
  return mask.replace('YYYY', String(new Date().getUTCFullYear()));
}

/** What the characters of a mask stand for (FACTS §5.2). */
const PLACEHOLDERS: Record<string, string> = {
  '9': '\\d',
  '0': '\\d',
  YYYY: '\\d{4}',
  '@': '[A-Za-z]',
  '&': '.',
  '*': '.*',
};

/** Whether a text has the form that a mask asks for. */
export function fitsMask(mask: string, text: string): boolean {
  const parts = mask.match(/YYYY|[\s\S]/g) ?? [];
  const pattern = parts.map(
    part => PLACEHOLDERS[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^${pattern.join('')}$`).test(text);
}
