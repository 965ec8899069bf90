import type { PayloadEnrollment, PayloadEvent, PayloadValue } from '../import/payload.js';
import type { Validation } from '../import/validate/validation.js';
import type { Effect } from './evaluate.js';

/**
 * Assigns a value that a rule computes to an object. The client's value must be equal or empty;
 * otherwise the object is refused (dhis2 LIVE 201; recordings 216, 219, 220).
 */
export function assign(
  { reporter, bundle, store }: Validation,
  one: PayloadEnrollment | PayloadEvent,
  { rule, field, data }: Effect,
): void {
  if (field === undefined) return;
  const value = data ?? '';
  if (one.kind === 'events') {
    const sent = one.dataValues.find(({ id }) => id === field);
    const type = store.metadata.get('dataElements', field)!.valueType;
    if (accepts(sent, value, type)) {
      put(one.dataValues, sent, field, value);
      reporter.warning(one, 'E1308', rule, field, one.uid);
    } else reporter.error(one, 'E1307', rule, field, value);
    return;
  }
  const nested = bundle.find('trackedEntities', one.trackedEntity)?.attributes ?? [];
  const sent = [...nested, ...one.attributes].find(({ id }) => id === field);
  const type = store.metadata.get('trackedEntityAttributes', field)!.valueType;
  if (accepts(sent, value, type)) {
    put(one.attributes, sent, field, value);
    reporter.warning(one, 'E1310', rule, field, one.trackedEntity!);
  } else reporter.error(one, 'E1309', rule, field, value);
}

/** Numbers are equal in any notation. */
function accepts(sent: PayloadValue | undefined, value: string, valueType: string): boolean {
  if (sent?.value === undefined || sent.value === value) return true;
  const isNumeric = /^(INTEGER|NUMBER|UNIT_INTERVAL|PERCENTAGE)/.test(valueType);
  return isNumeric && value !== '' && Number(sent.value) === Number(value);
}

function put(
  values: PayloadValue[],
  sent: PayloadValue | undefined,
  id: string,
  text: string,
): void {
  const value = text === '' ? undefined : text;
  if (sent) sent.value = value;
  else values.push({ id, value, storedBy: undefined, providedElsewhere: false });
}
