import type { GoDataSeed, Person } from '../godata/index.js';
import { CASE, CONTACT } from '../godata/models.js';
import type { PersonRecord } from '../godata/types.js';
import { type Calendar, createCalendar } from '../outbreak/calendar.js';
import { createDice, type Dice } from '../outbreak/dice.js';
import { toUuid } from '../outbreak/ids.js';
import { createAnswers } from './answers.js';
import type { OutbreakTemplate } from './read-template.js';

const DAY_MS = 86_400_000;
const LAB_STREAM = 42;
const VISIT_STREAM = 43;

const CATEGORY = 'LNG_REFERENCE_DATA_CATEGORY_';
const VISIT = 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_';

/**
 * Invents lab results of cases and follow-ups of contacts, with answers, where the outbreak has
 * questionnaires for them (godata FACTS §4).
 *
 * @param people of the outbreak
 * @param today `yyyy-MM-dd`
 * @param seed any whole number
 */
export function createRecords(
  { questionnaires }: OutbreakTemplate,
  people: readonly Person[],
  today: string,
  seed: number,
): Required<Pick<GoDataSeed, 'labResults' | 'followUps'>> {
  const calendar = createCalendar(today);
  const offsetOf = (person: Person) => {
    const day = person.dateOfReporting ?? person.dateOfOnset;
    const offset = Math.round((Date.parse(String(day)) - Date.parse(today)) / DAY_MS);
    return Number.isNaN(offset) ? -1 : Math.min(offset, -1);
  };
  const labs = questionnaires.labResultsTemplate;
  const visits = questionnaires.contactFollowUpTemplate;
  const alive = people.filter(({ deleted }) => deleted !== true);
  const ofKind = (type: string, isAsked: boolean) =>
    isAsked ? alive.filter(person => person.type === type) : [];
  return {
    labResults: ofKind(CASE.type, labs.length > 0).flatMap((person, number) => {
      const dice = createDice(seed, LAB_STREAM, number);
      return Array.from({ length: dice.pick([0, 1, 1, 2]) }, () => {
        const taken = Math.min(offsetOf(person) + dice.between(0, 3), -1);
        const answers = createAnswers(labs, taken, dice, calendar);
        return {
          ...ofPerson(person, taken, dice, calendar),
          ...{ personType: person.type, ...toLabResult(taken, dice, calendar) },
          questionnaireAnswers: answers,
        };
      });
    }),
    followUps: ofKind(CONTACT.type, visits.length > 0).flatMap((person, number) => {
      const dice = createDice(seed, VISIT_STREAM, number);
      return Array.from({ length: dice.between(0, 3) }, (_, visit) => {
        const on = offsetOf(person) + visit + 1;
        const isDone = on < 0;
        return {
          ...ofPerson(person, on, dice, calendar),
          ...{ date: calendar.day(on), index: visit + 1, targeted: false },
          ...{ address: (person.addresses as object[] | undefined)?.[0] ?? {} },
          statusId: `${VISIT}${isDone ? dice.pick(['SEEN_OK', 'SEEN_OK', 'SEEN_NOT_OK', 'MISSED']) : 'NOT_PERFORMED'}`,
          questionnaireAnswers: isDone ? createAnswers(visits, on, dice, calendar) : {},
        };
      });
    }),
  };
}

function toLabResult(taken: number, dice: Dice, { day }: Calendar) {
  const resultOn = taken + dice.between(1, 4);
  const isDone = resultOn < 0;
  const code = (category: string, values: readonly string[]) =>
    `${CATEGORY}${category}_${dice.pick(values)}`;
  return {
    dateSampleTaken: day(taken),
    dateSampleDelivered: day(Math.min(taken + 1, 0)),
    ...(isDone ? { dateOfResult: day(resultOn) } : {}),
    sampleIdentifier: `S-${dice.between(10_000, 99_999)}`,
    sampleType: code('TYPE_OF_SAMPLE', ['SERUM', 'BLOOD', 'THROAT_SWAB', 'URINE']),
    testType: code('TYPE_OF_LAB_TEST', ['RT_PCR', 'IG_C_OR_IG_M']),
    ...(isDone
      ? { result: code('LAB_TEST_RESULT', ['POSITIVE', 'POSITIVE', 'NEGATIVE', 'INCONCLUSIVE']) }
      : {}),
    status: `${CATEGORY}LAB_TEST_RESULT_STATUS_${isDone ? 'COMPLETED' : 'IN_PROGRESS'}`,
  };
}

function ofPerson(
  { id, outbreakId, createdBy }: Person,
  on: number,
  dice: Dice,
  { instant }: Calendar,
): PersonRecord {
  const at = instant(on, dice.between(420, 1000));
  return {
    ...{ id: toUuid(dice), personId: id, outbreakId, deleted: false, createdOn: 'API' },
    ...{ createdAt: at, createdBy, updatedAt: at, updatedBy: createdBy, dbUpdatedAt: at },
  };
}
