import type { PayloadEnrollment, PayloadEvent } from '../import/payload.js';
import type { Validation } from '../import/validate/validation.js';
import type { Effect } from './evaluate.js';

/**
 * Checks that a field that a rule makes mandatory has a value, sent or stored (dhis2 LIVE 200;
 * recordings 213, 214).
 */
export function checkMandatory(
  { reporter, bundle, store }: Validation,
  one: PayloadEnrollment | PayloadEvent,
  { rule, field }: Effect,
): void {
  if (field === undefined) return;
  if (one.kind === 'events') {
    const sent = one.dataValues.find(({ id }) => id === field);
    const isKnown = bundle.before(one)?.dataValues.some(({ dataElement }) => dataElement === field);
    if (sent && sent.value === undefined) reporter.error(one, 'E1314', rule, field);
    else if (!sent && !isKnown) reporter.error(one, 'E1301', rule, field);
    return;
  }
  const sent = one.attributes.find(({ id }) => id === field);
  const nested = bundle.find('trackedEntities', one.trackedEntity)?.attributes ?? [];
  const stored = store.tracker.get('trackedEntities', one.trackedEntity!)?.attributes ?? [];
  const isKnown =
    nested.some(({ id }) => id === field) || stored.some(({ attribute }) => attribute === field);
  if (!sent && !isKnown) reporter.error(one, 'E1306', rule, field);
  else if (sent && sent.value === undefined) reporter.error(one, 'E1317', rule, field);
}
