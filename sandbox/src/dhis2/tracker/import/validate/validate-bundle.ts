import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { Bundle } from '../bundle.js';
import { FailFast, Reporter } from '../reporter.js';
import { ENROLLMENT_STAGES } from './enrollments.js';
import { EVENT_STAGES } from './events.js';
import { RELATIONSHIP_STAGES } from './relationships.js';
import { checkRepeatedEvents } from './repeated-events.js';
import { TRACKED_ENTITY_STAGES } from './tracked-entities.js';
import { runStages, Validation } from './validation.js';

/** Validates all objects of an import; stops at the first error if the request says so. */
export function validateBundle(
  context: ServerContext,
  user: SeedUser,
  bundle: Bundle,
  failsFast: boolean,
): Reporter {
  const reporter = new Reporter(context.dialect.minor, failsFast);
  const validation = new Validation(context, user, bundle, reporter);
  const { trackedEntities, enrollments, events, relationships } = bundle.payload;
  try {
    runStages(validation, trackedEntities, TRACKED_ENTITY_STAGES);
    runStages(validation, enrollments, ENROLLMENT_STAGES);
    runStages(validation, events, EVENT_STAGES);
    checkRepeatedEvents(validation);
    runStages(validation, relationships, RELATIONSHIP_STAGES);
  } catch (error) {
    if (!(error instanceof FailFast)) throw error;
  }
  return reporter;
}
