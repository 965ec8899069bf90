import { type Codes, codeToWrite } from '#common/people-mapping/codes.js';

/**
 * Why a value of DHIS2 comes back as another one. Values are generated: nobody's.
 *
 * @param isComputed whether the row has functions
 */
export function whyOfDhis2(
  from: string,
  to: string | null,
  codes: Codes | undefined,
  isComputed = false,
): string {
  const item = codes?.ids[from];
  if (codes && item) {
    const short = withoutCategory(item, codes);
    return to === null
      ? `${from} is not written back: the table has no code for ${short}.`
      : `${from} comes back as ${to}: both mean ${short}, and the table writes ${to}.`;
  }
  if (to !== null && from.startsWith(`${to}T`)) {
    return 'A time of day is cut: Go.Data holds days.';
  }
  if (to === null && isComputed) {
    return `${JSON.stringify(from)} is cleared by toDhis2 for this person.${OTHER_FIELDS}`;
  }
  return `${JSON.stringify(from)} comes back as ${shown(to)}.`;
}

/**
 * Why a value of Go.Data comes back as another one.
 *
 * @param isWritten whether `toDhis2` of the row gave a value; undefined for a row without functions
 */
export function whyOfGoData(
  from: unknown,
  to: unknown,
  codes: Codes | undefined,
  isWritten?: boolean,
): string {
  if (codes && typeof from === 'string') {
    const code = codeToWrite(codes, from);
    const short = withoutCategory(from, codes);
    return code === undefined
      ? `${short} has no code in DHIS2: it stays in Go.Data alone.`
      : `${short} is written as ${code}, which comes back as ${typeof to === 'string' ? withoutCategory(to, codes) : shown(to)}.`;
  }
  const { years, months } = (from ?? {}) as { years?: unknown; months?: unknown };
  if (years !== undefined && months) return 'Months are cut: DHIS2 holds whole years.';
  if (isWritten !== undefined && shown(to) === NOTHING) {
    const gives = isWritten
      ? 'toGoData gives nothing for what toDhis2 wrote'
      : 'toDhis2 gives nothing';
    return `${JSON.stringify(from)} comes back as nothing: ${gives} for this person.${OTHER_FIELDS}`;
  }
  return `${JSON.stringify(from)} comes back as ${shown(to)}.`;
}

const NOTHING = 'nothing';
/** Where the reason is to be found. */
const OTHER_FIELDS = ' The functions of the row decide by other values of the person.';

function shown(value: unknown): string {
  return value === null || value === undefined ? NOTHING : JSON.stringify(value);
}

function withoutCategory(id: string, { category }: Codes): string {
  const prefix = `LNG_REFERENCE_DATA_CATEGORY_${category}_`;
  return category !== '' && id.startsWith(prefix) ? id.slice(prefix.length) : id;
}
