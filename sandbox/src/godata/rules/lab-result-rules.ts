import { castRecord } from '../casts/cast.js';
import { notImplemented, validationError } from '../errors.js';
import { withoutReadOnly } from '../models.js';
import type { JsonObject, Person, PersonRecord } from '../types.js';
import type { PersonWrite } from './person-write.js';
import { withSavedAnswers } from './saved-answers.js';
import { badDates, missingFields, notUnique } from './validate.js';

/** Creates a lab result of a person (r136, r137). @throws ApiError 422 for a bad field */
export function createLabResult(
  { context, outbreak, user }: PersonWrite,
  person: Person,
  body: JsonObject,
  ids: { id?: string } = {},
): PersonRecord {
  const { id: _id, ...values } = castRecord('labResult', withoutReadOnly(body));
  const required = context.dialect.requiredFields.labResult ?? [];
  refuse([...missingFields(values, required), ...badDates(values)]);
  const owner = { personId: person.id, personType: person.type, outbreakId: outbreak.id };
  const saved = withSavedAnswers(context, 'labResult', values, outbreak);
  return context.store.labResults.create({ ...saved, ...owner, ...ids }, user.id);
}

/**
 * Creates a lab result of a list. The server adds the outbreak to the list and not to its elements, so
 * each must name it (r287 for follow-ups; the same hook, outbreak.js:1651), and it does not remove
 * their ids (readOnlyProperty.js, as in FACTS §5.3). Recorded: test/contracts/godata/2.50.3-lab-results.
 *
 * @throws ApiError 422 for a bad field
 */
export function createLabResultInList(
  write: PersonWrite,
  person: Person,
  body: JsonObject,
): PersonRecord {
  const { id, outbreakId } = body;
  refuse(missingFields(body, ['outbreakId']));
  if (outbreakId !== write.outbreak.id) throw notImplemented('a lab result of another outbreak');
  if (typeof id !== 'string') return createLabResult(write, person, body);
  if (write.context.store.labResults.rows.get(id)) refuse([notUnique('id', id)]);
  return createLabResult(write, person, body, { id });
}

/** Changes a lab result: omitted fields stay (r139). @throws ApiError 422 for a bad date */
export function updateLabResult(
  { context, outbreak, user }: Pick<PersonWrite, 'context' | 'outbreak' | 'user'>,
  labResult: PersonRecord,
  body: JsonObject,
): PersonRecord {
  const {
    id: _id,
    personId: _person,
    personType: _type,
    ...changes
  } = castRecord('labResult', withoutReadOnly(body));
  refuse(badDates(changes));
  const saved = withSavedAnswers(context, 'labResult', changes, outbreak);
  return context.store.labResults.update(labResult.id, saved, user.id);
}

function refuse(violations: ReturnType<typeof badDates>): void {
  if (violations.length > 0) throw validationError('labResult', violations);
}
