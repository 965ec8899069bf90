import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { badOption } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { PERSON_MODELS, type PersonModel } from '../client/person-models.js';
import type { PersonRelated } from '../client/records/outbreak-records.js';
import type { FollowUpRecord, LabResultRecord, RelationshipRecord } from '../client/types/index.js';
import { type Data, type Rest, resolveData, resolveId } from './arguments.js';
import { clientOf } from './client-of.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * The person of a record: `{ cases: id }`, `{ contacts: id }`, `{ 'contacts-of-contacts': id }` or
 * `{ events: id }`.
 */
export type PersonOf = { [kind in PersonModel]?: Resolvable<string> };

/**
 * Reads the relationships of an outbreak: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {RelationshipRecord[]} data - The relationships
 * @example
 * listRelationships('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { active: true } });
 */
export function listRelationships(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ relationships }) => relationships),
    rest,
  );
}

/**
 * Updates the relationship between two people, or creates it. Go.Data decides which of them is the
 * source.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} person - One of the two: `{ contacts: id }`
 * @param {string} otherPersonId - Id of the other person
 * @param {object} data - `contactDate`, `certaintyLevelId`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {RelationshipRecord} data - The relationship that is stored now
 * @example
 * upsertRelationship('3b5554d7-2c19-41d0-b9af-475ad25a382b', { contacts: dataValue('id') }, dataValue('caseId'), {
 *   contactDate: '2026-02-03',
 *   certaintyLevelId: 'LNG_REFERENCE_DATA_CATEGORY_CERTAINTY_LEVEL_3_HIGH',
 * });
 */
export function upsertRelationship(
  outbreakId: Resolvable<string>,
  person: PersonOf,
  otherPersonId: Resolvable<string>,
  data: Data<RelationshipRecord>,
  callback?: Callback,
): Operation {
  return async state => {
    const { relationships } = choosePerson(outbreakId, person)(clientOf(state), state);
    const other = resolveId('other person', otherPersonId, state);
    const stored = await relationships.upsertWith(other, resolveData(data, state));
    return passOn(state, stored, callback);
  };
}

/**
 * Reads the follow-ups of an outbreak: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {FollowUpRecord[]} data - The follow-ups, each with its person in `contact`
 * @example
 * listFollowUps('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { date: { gte: '2026-03-01' } } });
 */
export function listFollowUps(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ followUps }) => followUps),
    rest,
  );
}

/**
 * Updates a person's follow-up that has the same value in a property, or creates it.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} person - The person: `{ contacts: id }`
 * @param {string} externalId - Property to find it by: `date`, `id`...
 * @param {object} data - The follow-up
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {FollowUpRecord} data - The follow-up that is stored now
 * @example
 * upsertFollowUp('3b5554d7-2c19-41d0-b9af-475ad25a382b', { contacts: dataValue('id') }, 'date', {
 *   date: '2026-03-05',
 *   targeted: true,
 *   statusId: 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_SEEN_OK',
 * });
 */
export function upsertFollowUp(
  outbreakId: Resolvable<string>,
  person: PersonOf,
  externalId: Resolvable<string>,
  data: Data<FollowUpRecord>,
  callback?: Callback,
): Operation {
  const choose = choosePerson(outbreakId, person);
  return upsertRecord<FollowUpRecord>(
    (client, state) => choose(client, state).followUps,
    externalId,
    data,
    callback,
  );
}

/**
 * Reads the lab results of an outbreak: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {LabResultRecord[]} data - The results, each with its `person`
 * @example
 * listLabResults('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { personId: dataValue('id') } });
 */
export function listLabResults(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ labResults }) => labResults),
    rest,
  );
}

/**
 * Updates a person's lab result that has the same value in a property, or creates it.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} person - The person: `{ cases: id }`
 * @param {string} externalId - Property to find it by: `sampleIdentifier`, `id`...
 * @param {object} data - The result
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {LabResultRecord} data - The result that is stored now
 * @example
 * upsertLabResult('3b5554d7-2c19-41d0-b9af-475ad25a382b', { cases: dataValue('id') }, 'sampleIdentifier', {
 *   sampleIdentifier: 'S1',
 *   dateSampleTaken: '2026-02-02',
 *   result: 'LNG_REFERENCE_DATA_CATEGORY_LAB_TEST_RESULT_POSITIVE',
 * });
 */
export function upsertLabResult(
  outbreakId: Resolvable<string>,
  person: PersonOf,
  externalId: Resolvable<string>,
  data: Data<LabResultRecord>,
  callback?: Callback,
): Operation {
  const choose = choosePerson(outbreakId, person);
  return upsertRecord<LabResultRecord>(
    (client, state) => choose(client, state).labResults,
    externalId,
    data,
    callback,
  );
}

function choosePerson(outbreakId: Resolvable<string>, person: PersonOf) {
  return ofOutbreak(outbreakId, (records, state: State): PersonRelated => {
    const [kind, ...others] = Object.keys(person ?? {}) as PersonModel[];
    if (!kind || others.length > 0 || !Object.hasOwn(PERSON_MODELS, kind)) {
      const kinds = Object.keys(PERSON_MODELS).join(', ');
      throw badOption(
        'person',
        `must have exactly one of ${kinds}`,
        'For example { contacts: id }.',
      );
    }
    return records.person(kind, resolveId(kind, person[kind]!, state));
  });
}
