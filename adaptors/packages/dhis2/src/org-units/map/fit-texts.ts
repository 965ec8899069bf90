import { getOrCreate } from '#common/collections/get-or-create.js';
import type { CutText, MappedOrgUnit } from '#common/handover/mapped-org-unit-batch.js';

/** The longest texts that DHIS2 stores (its schema of organisationUnit; error E4001 beyond). */
const LONGEST: Readonly<Record<CutText, number>> = { name: 230, shortName: 50, code: 50 };
const TEXTS = Object.keys(LONGEST) as CutText[];

type Texts = Pick<MappedOrgUnit, 'id' | CutText>;
type FittedTexts = Texts & { cut: CutText[] };

/**
 * Cuts texts to the lengths that DHIS2 stores. When cut short names of siblings are equal, all of
 * them get the end of the location's id: the order of siblings is not stable. A code cannot be cut,
 * so a code that is too long is omitted.
 *
 * @param siblings the children of one parent
 * @returns location id → the changed texts, and which they are
 */
export function fitTexts(siblings: readonly Texts[]): Map<string, FittedTexts> {
  const fitted = new Map<string, FittedTexts>();
  for (const texts of siblings) {
    const { id, name, shortName, code } = texts;
    const cut = TEXTS.filter(key => (texts[key] ?? '').length > LONGEST[key]);
    if (cut.length === 0) continue;
    fitted.set(id, {
      id,
      name: shorten(name, LONGEST.name),
      shortName: shorten(shortName, LONGEST.shortName),
      ...(code === undefined || cut.includes('code') ? {} : { code }),
      cut,
    });
  }
  for (const tail of [6, Number.POSITIVE_INFINITY]) tellApart(siblings, fitted, tail);
  return fitted;
}

function tellApart(
  siblings: readonly Texts[],
  fitted: Map<string, FittedTexts>,
  tail: number,
): void {
  const holders = new Map<string, string[]>();
  for (const { id, shortName } of siblings) {
    const now = fitted.get(id)?.shortName ?? shortName;
    getOrCreate(holders, now.toLowerCase(), () => [] as string[]).push(id);
  }
  for (const { id, shortName } of siblings) {
    const now = fitted.get(id);
    if (!now?.cut.includes('shortName')) continue;
    if (holders.get(now.shortName.toLowerCase())!.length === 1) continue;
    const end = ` (${id.slice(-Math.min(tail, LONGEST.shortName - 4))})`;
    now.shortName = shorten(shortName, LONGEST.shortName - end.length) + end;
  }
}

/** Never cuts between the two parts of a surrogate pair. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
