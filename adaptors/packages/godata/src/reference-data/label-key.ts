import { _ } from '@openfn/language-common';

/**
 * The key by which labels are compared. Go.Data refuses only exactly equal labels (godata FACTS
 * §2.7). But two labels that differ only in case or accents get the same id there, and users cannot
 * distinguish them in a list.
 */
export function labelKey(label: string): string {
  return _.deburr(label.normalize('NFC')).replace(/\s+/g, ' ').trim().toLowerCase();
}

/** The key by which codes are compared. Older servers ignore case. */
export function codeKey(code: string): string {
  return code.toLowerCase();
}
