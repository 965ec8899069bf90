import { isOfSingleEvents, programOfEvent } from '../../programs.js';
import type { Validation } from './validation.js';

/**
 * Allows only one event per enrollment in a stage that is not repeatable. This check follows the
 * checks of all events, because only valid events count (the server's source,
 * RepeatedEventsValidator).
 */
export function checkRepeatedEvents(validation: Validation): void {
  const { reporter, store, bundle } = validation;
  const events = bundle.payload.events.filter(one => {
    if (reporter.isInvalid(one) || bundle.strategyOf(one) === 'DELETE') return false;
    const stage = validation.metadata('programStages', one.programStage)!;
    return (
      !stage.repeatable &&
      !isOfSingleEvents(programOfEvent(store.metadata, { programStage: stage.id }))
    );
  });
  const placeOf = ({ enrollment, programStage }: { enrollment?: string; programStage?: string }) =>
    `${enrollment} ${programStage}`;
  const counts = new Map<string, number>();
  for (const one of events) counts.set(placeOf(one), (counts.get(placeOf(one)) ?? 0) + 1);
  for (const one of events) {
    const hasTwin = (counts.get(placeOf(one)) ?? 0) > 1;
    const isSecond =
      bundle.strategyOf(one) === 'CREATE' &&
      store.tracker
        .eventsOf(one.enrollment!)
        .some(other => !other.deleted && other.programStage === one.programStage);
    if (hasTwin || isSecond) reporter.error(one, 'E1039', one.programStage);
  }
}
