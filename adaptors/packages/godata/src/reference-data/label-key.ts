import { _ } from '@openfn/language-common';

/**
 * Two labels with the same key are one label. Go.Data refuses only those that are equal letter by
 * letter (godata FACTS §2.7); but two that differ in case or accents get the same id there, and nobody
 * tells them apart in a list.
 */
export function labelKey(label: string): string {
  return _.deburr(label.normalize('NFC')).replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Two codes with the same key are one code to older servers, which compare without regard to case. */
export function codeKey(code: string): string {
  return code.toLowerCase();
}
