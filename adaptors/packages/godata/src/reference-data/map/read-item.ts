import type { ReferenceItemFields } from '#common/handover/mapped-reference-data-batch.js';
import { configurationError } from '#common/reporting/errors.js';

/** Go.Data stores whatever it is sent, a mistyped field too (godata FACTS §4). */
const KNOWN = ['label', 'code', 'order', 'active', 'isSystemWide'];

/** The fields of an item, checked and completed. */
export interface ReadItem {
  /** Trimmed; empty when the option has none. */
  label: string;
  code: string;
  rest: { active: boolean; order?: number; isSystemWide?: boolean };
}

/**
 * Checks what the mapping made of an option.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) for what reference data does not have
 */
export function readItem(given: ReferenceItemFields): ReadItem {
  if (given === null || typeof given !== 'object') throw badMapping('must give an object');
  const unknown = Object.keys(given).filter(key => !KNOWN.includes(key));
  if (unknown.length > 0) {
    throw badMapping(
      `gives ${unknown.join(', ')}, which a mapping of reference data does not have`,
    );
  }
  const { label, code, order, active = true, isSystemWide } = given;
  if (typeof active !== 'boolean') throw badMapping('must give true or false for active');
  if (isSystemWide !== undefined && typeof isSystemWide !== 'boolean') {
    throw badMapping('must give true or false for isSystemWide');
  }
  if (order != null && !Number.isFinite(order)) throw badMapping('must give a number for order');
  return {
    label: toText(label),
    code: toText(code),
    rest: {
      active,
      ...(order == null ? {} : { order }),
      ...(isSystemWide === undefined ? {} : { isSystemWide }),
    },
  };
}

/** Without blanks in excess: they are seen nowhere, and two texts would differ by them. */
function toText(value: unknown): string {
  return String(value ?? '').trim();
}

function badMapping(what: string) {
  return configurationError('BAD_MAPPING', `toItem of mapReferenceData ${what}.`, {
    fix: `It gives ${KNOWN.join(', ')}, or nothing for an option that shall have no item.`,
  });
}
