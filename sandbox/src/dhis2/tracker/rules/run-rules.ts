import type { SeedUser } from '../../accounts/types.js';
import type { ServerContext } from '../../server-context.js';
import type { Bundle } from '../import/bundle.js';
import type { Payload } from '../import/payload.js';
import { FailFast, type Reporter } from '../import/reporter.js';
import { checkDataValues, HAPPENED } from '../import/validate/data-values.js';
import { checkAttributes } from '../import/validate/enrollments.js';
import { Validation } from '../import/validate/validation.js';
import { assign } from './assign.js';
import { checkMandatory } from './check-mandatory.js';
import { type Effect, evaluateRules } from './evaluate.js';

/**
 * Applies program rules to the objects that an import is about to write: assigns values, and
 * reports errors and warnings (dhis2 LIVE 198 to 203; recordings 213 to 225).
 *
 * @param payload the objects that are valid so far
 */
export function runRules(
  context: ServerContext,
  user: SeedUser,
  bundle: Bundle,
  payload: Payload,
  reporter: Reporter,
): void {
  const validation = new Validation(context, user, bundle, reporter);
  const effects = evaluateRules(validation, payload);
  if (effects.size === 0) return;
  try {
    for (const one of payload.enrollments) {
      const own = effects.get(one.uid) ?? [];
      for (const effect of own) run(validation, one, effect);
      if (own.length > 0) checkAttributes(validation, one, bundle.strategyOf(one));
    }
    for (const one of payload.events) {
      const own = effects.get(one.uid) ?? [];
      const stage = context.store.metadata.get('programStages', one.programStage!)!;
      const members = new Set(stage.programStageDataElements.map(part => part.dataElement.id));
      const holds = stage.validationStrategy === 'ON_UPDATE_AND_INSERT';
      // In a stage that is validated on completion, rules apply to completed events only.
      if (!HAPPENED.has(one.status) || (!holds && one.status !== 'COMPLETED')) continue;
      const applicable = own.filter(({ field }) => field === undefined || members.has(field));
      for (const effect of applicable) run(validation, one, effect);
      if (applicable.length > 0) checkDataValues(validation, one, bundle.strategyOf(one));
    }
  } catch (error) {
    if (!(error instanceof FailFast)) throw error;
  }
}

type Target = Payload['enrollments' | 'events'][number];

function run(validation: Validation, one: Target, effect: Effect): void {
  const { reporter } = validation;
  const { type, rule, content, data, field } = effect;
  const isOver = one.status === 'COMPLETED';
  const message = [content, data, field && `(${field})`].filter(part => part !== undefined);
  if (type === 'ASSIGN') assign(validation, one, effect);
  else if (type === 'SETMANDATORYFIELD') checkMandatory(validation, one, effect);
  else if (type === 'SHOWERROR' || (type === 'ERRORONCOMPLETE' && isOver)) {
    reporter.error(one, 'E1300', rule, message.join(' '));
  } else if (type === 'SHOWWARNING' || (type === 'WARNINGONCOMPLETE' && isOver)) {
    reporter.warning(one, 'E1300', rule, message.join(' '));
  } else if (type === 'ERROR') {
    // If the engine cannot evaluate an expression, the object is accepted (dhis2 LIVE, WHO's
    // package).
    reporter.warning(one, 'E1300', rule, data ?? '');
  }
}
