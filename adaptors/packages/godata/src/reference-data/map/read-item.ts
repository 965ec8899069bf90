import type { ReferenceItemFields } from '#common/handover/mapped-reference-data-batch.js';
import { configurationError } from '#common/reporting/errors.js';

/** The fields of an item. Go.Data stores any field, also a mistyped one (godata FACTS §4). */
const KNOWN = ['label', 'code', 'order', 'active', 'isSystemWide'];

/** The fields of an item, checked and with defaults. */
export interface ReadItem {
  /** Trimmed. Empty when the option has none. */
  label: string;
  code: string;
  rest: { active: boolean; order?: number; isSystemWide?: boolean };
}

/**
 * Checks the fields that the mapping gave for an option.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) for a field that reference data do not
 * have
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

/** Removes extra blanks: they are invisible but make two texts different. */
function toText(value: unknown): string {
  return String(value ?? '').trim();
}

function badMapping(what: string) {
  return configurationError('BAD_MAPPING', `toItem of mapReferenceData ${what}.`, {
    fix: `The function can give ${KNOWN.join(', ')}, or nothing for an option that should have no item.`,
  });
}
