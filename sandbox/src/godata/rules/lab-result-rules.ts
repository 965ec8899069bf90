import { castRecord } from '../casts/cast.js';
import { validationError } from '../errors.js';
import { withoutReadOnly } from '../models.js';
import type { JsonObject, Person, PersonRecord } from '../types.js';
import type { PersonWrite } from './person-write.js';
import { badDates, missingFields } from './validate.js';

/** Creates a lab result of a person (r136, r137). @throws ApiError 422 for a bad field */
export function createLabResult(
  { context, outbreak, user }: PersonWrite,
  person: Person,
  body: JsonObject,
): PersonRecord {
  const { id: _id, ...values } = castRecord('labResult', withoutReadOnly(body));
  const required = context.dialect.requiredFields.labResult ?? [];
  refuse([...missingFields(values, required), ...badDates(values)]);
  const owner = { personId: person.id, personType: person.type, outbreakId: outbreak.id };
  return context.store.labResults.create({ ...values, ...owner }, user.id);
}

/** Changes a lab result: omitted fields stay (r139). @throws ApiError 422 for a bad date */
export function updateLabResult(
  { context, user }: Pick<PersonWrite, 'context' | 'user'>,
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
  return context.store.labResults.update(labResult.id, changes, user.id);
}

function refuse(violations: ReturnType<typeof badDates>): void {
  if (violations.length > 0) throw validationError('labResult', violations);
}
