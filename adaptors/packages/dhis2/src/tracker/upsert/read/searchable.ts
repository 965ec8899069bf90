import type { FieldDefinition } from '../check/metadata.js';

const INTEGER = /^[+-]?\d{1,10}$/;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/;
const MAX_INTEGER = 2 ** 31 - 1;

/**
 * A value as DHIS2 compares it in a search: without regard to case, and a number by its value, so
 * that 41 finds 041 (dhis2 LIVE, "The sandbox beside both servers").
 *
 * @returns undefined for a value that is not of the attribute's type: DHIS2 refuses the whole
 * request that searches for one
 */
export function toSearchForm(
  { valueType = 'TEXT' }: Pick<FieldDefinition, 'valueType'>,
  value: string,
): string | undefined {
  const text = value.trim().toLowerCase();
  if (valueType.startsWith('INTEGER')) {
    const isInteger = INTEGER.test(text) && Math.abs(Number(text)) <= MAX_INTEGER;
    return isInteger ? canonical(text) : undefined;
  }
  if (!['NUMBER', 'PERCENTAGE', 'UNIT_INTERVAL'].includes(valueType)) return text;
  return NUMBER.test(text) ? canonical(text) : undefined;
}

/** The same text for equal numbers. Long numbers keep every digit, which a JavaScript number would not. */
function canonical(text: string): string {
  if (text.includes('e')) return String(Number(text));
  const [, sign = '', whole = '', rest = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  const digits = `${whole || '0'}${rest ? `.${rest}` : ''}`;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}
