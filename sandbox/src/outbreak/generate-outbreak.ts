import type { OrgUnit } from '../dhis2/index.js';
import { CASE, DEFAULT_USER, type GoDataSeed } from '../godata/index.js';
import { assertWhole } from './assert-whole.js';
import { type CaseContext, createCaseMaker } from './case-maker.js';
import { createCaseSource } from './case-source.js';
import { createReferenceData } from './codes.js';
import { createContacts } from './contacts.js';
import { createDice } from './dice.js';
import { toUuid } from './ids.js';
import type { OutbreakForm } from './outbreak-form.js';
import { OUTBREAK_NAME, toOutbreak, toPeopleOutbreak } from './outbreak-record.js';
import { createPlaces, placeToLocation, placeToOrgUnit, type TreeSize } from './places.js';
import { placesOfOrgUnits } from './places-of-org-units.js';

export interface OutbreakOptions {
  /** The last day of the outbreak, `yyyy-MM-dd`. */
  today: string;
  /** Any whole number; the same one gives the same outbreak. @default 1 */
  seed?: number;
  /** Number of cases, deleted ones included. @default 2400 */
  cases?: number;
  /** @default a quarter of the cases, none if they are lazy */
  contacts?: number;
  /** Length of the outbreak. @default 20 */
  weeks?: number;
  /** @default {@link DEFAULT_TREE} */
  tree?: TreeSize;
  /** A tree of one's own, instead of an invented one. */
  orgUnits?: readonly OrgUnit[];
  /** The questionnaires and fields of an outbreak of one's own. */
  form?: OutbreakForm;
  /**
   * Cases are generated when they are requested, instead of all at once: for a million of them. They
   * cannot be changed, and their ids rise with their numbers. @default false
   */
  lazy?: boolean;
}

/** An outbreak for both servers. */
export interface Outbreak {
  goData: GoDataSeed;
  /**
   * The tree that Go.Data's locations are created from, with the same ids; the codes of org units
   * are identifiers there.
   */
  orgUnits: OrgUnit[];
}

/** Random stream of the ids; cases and places have their own. */
const ID_STREAM = 5;

/**
 * Invents an outbreak: a country of four levels, cases along an epidemic curve, contacts, and the
 * faults of real data. Names, places and telephone numbers do not exist.
 *
 * @throws RangeError if a number or the day is not valid
 * @example
 * const { goData, orgUnits } = generateOutbreak({ seed: 7, today: '2026-11-23' });
 * const godata = await startGoData({ seed: goData });
 * const dhis2 = await startDhis2({ seed: demoMetadata(orgUnits) });
 */
export function generateOutbreak(options: OutbreakOptions): Outbreak {
  const { today, seed = 1, cases = 2400, weeks = 20, lazy = false } = options;
  const contacts = options.contacts ?? (lazy ? 0 : Math.floor(cases / 4));
  assertWhole({ cases, contacts }, 0);
  assertWhole({ weeks }, 1);
  if (!Number.isInteger(seed)) throw new RangeError(`seed: ${seed} is not a whole number.`);
  const { form } = options;
  const outbreakId = form?.fields.id ?? toUuid(createDice(seed, ID_STREAM));
  const places = options.orgUnits
    ? placesOfOrgUnits(options.orgUnits)
    : createPlaces(seed, options.tree);
  const context: CaseContext = {
    seed,
    count: cases,
    outbreakId,
    userId: DEFAULT_USER.id,
    places,
    today,
    weeks,
    ids: lazy ? 'ordered' : 'random',
    ...(form ? { form } : {}),
  };
  const maker = createCaseMaker(context);
  const numbers = Array.from({ length: lazy ? 0 : cases }, (_, number) => number);
  const outbreak = toOutbreak({
    name: OUTBREAK_NAME,
    startDate: maker.calendar.day(-weeks * 7),
    locationIds: places.slice(0, 1).map(({ id }) => id),
    ...form?.fields,
    id: outbreakId,
  });
  return {
    goData: {
      users: [{ ...DEFAULT_USER, activeOutbreakId: outbreakId }],
      outbreaks: form ? [outbreak] : [outbreak, toPeopleOutbreak(outbreak)],
      locations: places.map(placeToLocation),
      people: [...numbers.map(maker.make), ...createContacts(context, maker, contacts)],
      referenceData: createReferenceData(),
      ...(lazy
        ? { sources: [{ outbreakId, type: CASE.type, source: createCaseSource(maker, cases) }] }
        : {}),
    },
    orgUnits: options.orgUnits ? [...options.orgUnits] : places.map(placeToOrgUnit),
  };
}
