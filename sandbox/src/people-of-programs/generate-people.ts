import type { Dhis2Seed } from '../dhis2/index.js';
import { UsageError } from '../input/usage-error.js';
import { assertWhole } from '../outbreak/assert-whole.js';
import { createCalendar } from '../outbreak/calendar.js';
import { createDice } from '../outbreak/dice.js';
import { happens } from './dirt.js';
import { draftPerson, type PeopleContext } from './draft-person.js';
import type { Field } from './field.js';
import { createLinks } from './links.js';
import { type ProgramPlan, planPrograms } from './plan.js';
import { createSingleEvents } from './single-events.js';
import { createUniqueValue, hasUniqueValues } from './unique-value.js';
import { isInventable } from './value.js';

export interface PeopleOptions {
  /** The last day of the outbreak, `yyyy-MM-dd`. */
  today: string;
  /** Any whole number; the same one gives the same people. @default 1 */
  seed?: number;
  /** Number of people, deleted ones included. @default 500 */
  people?: number;
  /** Length of the outbreak. @default 20 */
  weeks?: number;
}

/** People of a DHIS2, and what belongs to them. */
export type People = Required<
  Pick<Dhis2Seed, 'trackedEntities' | 'enrollments' | 'events' | 'relationships'>
>;

/** Separate random streams, so that one does not change another. */
const PERSON_STREAM = 30;
const PROGRAM_STREAM = 31;

/**
 * Invents people for the programs of a server, whatever they are: values that fit the value types,
 * option sets, mandatory, unique and generated fields; relationships that fit the types; and the
 * faults of real programs. A server would accept all of it. Names, places and telephone numbers do
 * not exist.
 *
 * @param metadata the server's programs, with all that they refer to
 * @throws RangeError if a number or the day is not valid
 * @throws UsageError if a mandatory field is of a type of which no values can be invented
 * @example
 * const { seed } = readExport(files, orgUnits);
 * await startDhis2({ seed: { ...seed, ...generatePeople(seed, { today: '2026-11-29' }) } });
 */
export function generatePeople(metadata: Dhis2Seed, options: PeopleOptions): People {
  const { today, seed = 1, people = 500, weeks = 20 } = options;
  assertWhole({ people }, 0);
  assertWhole({ weeks }, 1);
  if (!Number.isInteger(seed)) throw new RangeError(`seed: ${seed} is not a whole number.`);
  const programs = people > 0 ? planPrograms(metadata) : [];
  checkFields(metadata, programs, people);
  const context: PeopleContext = {
    calendar: createCalendar(today),
    days: weeks * 7,
    username: metadata.users[0]?.username ?? 'admin',
    orgUnitCodes: new Map(metadata.organisationUnits.map(({ id, code }) => [id, code ?? 'OU'])),
  };
  const enrolling = programs.filter(one => one.trackedEntityType && one.orgUnits.length > 0);
  const count = enrolling.length > 0 ? people : 0;
  const all = Array.from({ length: count }, (_, number) => {
    const own = choosePrograms(enrolling, number, seed);
    return draftPerson(number, own, createDice(seed, PERSON_STREAM, number), context);
  });
  return {
    trackedEntities: all.map(({ trackedEntity }) => trackedEntity),
    enrollments: all.flatMap(({ enrollments }) => enrollments),
    events: [
      ...all.flatMap(({ events }) => events),
      ...createSingleEvents(seed, programs, people, context),
    ],
    relationships: createLinks(seed, metadata.relationshipTypes ?? [], all),
  };
}

/** People are dealt to the programs in turn; a few are in two of one type, or twice in one. */
function choosePrograms(
  programs: readonly ProgramPlan[],
  number: number,
  seed: number,
): ProgramPlan[] {
  const dice = createDice(seed, PROGRAM_STREAM, number);
  const first = programs[number % programs.length]!;
  const others = programs.filter(
    one => one !== first && one.trackedEntityType === first.trackedEntityType,
  );
  if (others.length > 0 && happens('inTwoPrograms', dice)) return [first, dice.pick(others)];
  return !first.isOnce && happens('enrolledTwice', dice) ? [first, first] : [first];
}

/** @throws UsageError naming the fields that must have a value and cannot get one */
function checkFields(metadata: Dhis2Seed, programs: readonly ProgramPlan[], people: number): void {
  const fields = new Map(
    programs
      .flatMap(program => [...program.fields, ...program.stages.flatMap(stage => stage.fields)])
      .map(field => [field.id, field]),
  );
  const names = new Map(
    [...(metadata.trackedEntityAttributes ?? []), ...metadata.dataElements].map(one => [
      one.id,
      one.name,
    ]),
  );
  const problems = [...fields.values()].flatMap(field => {
    const problem = problemOf(field, people);
    return problem ? `${field.id} ("${names.get(field.id)}"): ${problem}` : [];
  });
  if (problems.length === 0) return;
  throw new UsageError(
    `No people can be invented for these programs.\n  ${problems.join('\n  ')}`,
    'Start without people (--people 0), or export the metadata without these fields.',
  );
}

function problemOf(field: Field, people: number): string | undefined {
  if (field.pattern !== undefined) {
    try {
      createUniqueValue(field, { number: people - 1, day: '2000-01-01', orgUnitCode: 'OU' });
    } catch (error) {
      return `pattern ${field.pattern}: ${(error as Error).message}`;
    }
  }
  const isPossible = field.isUnique ? hasUniqueValues(field) : isInventable(field);
  if (!field.isMandatory || isPossible) return undefined;
  if (field.options?.length === 0) return 'it is mandatory, and its option set has no options';
  return field.isUnique && field.options
    ? 'it is mandatory and unique, and an option is not unique'
    : `it is mandatory, and no values of valueType ${field.valueType} can be invented`;
}
