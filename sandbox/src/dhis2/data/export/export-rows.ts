import { utcTime } from '../../store/time.js';
import type { DataValue } from '../types.js';
import type { Encoder } from './encode-ids.js';

/** A row up to 2.42: all properties, also empty ones (recording 382). */
export function toFullRow(value: DataValue, encoder: Encoder): Record<string, unknown> {
  return {
    dataElement: encoder.encode('dataElement', value.dataElement),
    period: value.period,
    orgUnit: encoder.encode('orgUnit', value.orgUnit),
    categoryOptionCombo: encoder.encode('categoryOptionCombo', value.categoryOptionCombo),
    attributeOptionCombo: encoder.encode('attributeOptionCombo', value.attributeOptionCombo),
    value: value.value ?? null,
    storedBy: value.storedBy,
    created: utcTime(value.created),
    lastUpdated: utcTime(value.lastUpdated),
    comment: value.comment ?? null,
    followup: value.followup ?? false,
    ...(value.deleted ? { deleted: true } : {}),
  };
}

/** A row since 2.43: the properties that have a value and are not in the head (recording 382). */
export function toCompactRow(value: DataValue, encoder: Encoder, head: object): object {
  const row = { ...toFullRow(value, encoder), followup: value.followup ?? null };
  const told = Object.entries(row).filter(([name, content]) => content !== null && !(name in head));
  return Object.fromEntries(told);
}

const COLUMNS =
  'dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby,lastupdated,comment,followup,deleted';

/** The answer to `GET /api/dataValueSets.csv` (recording 411). */
export function toCsv(
  values: readonly DataValue[],
  encoder: Encoder,
  importer: 'per-value' | 'group',
): string {
  const lines = values.map(value => {
    const row = toFullRow(value, encoder);
    const isGroup = importer === 'group';
    return [
      row.dataElement,
      row.period,
      row.orgUnit,
      row.categoryOptionCombo,
      row.attributeOptionCombo,
      row.value,
      row.storedBy,
      row.lastUpdated,
      row.comment,
      isGroup ? value.followup : row.followup,
      // Up to 2.42 this is Java's `null` for a value that is not deleted.
      value.deleted || (isGroup ? false : 'null'),
    ]
      .map(cell => quote(String(cell ?? '')))
      .join(',');
  });
  return `${[COLUMNS, ...lines].join('\n')}\n`;
}

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
