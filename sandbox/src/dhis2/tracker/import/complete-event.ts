import type { MetadataTables } from '../../metadata/tables.js';
import { isOfSingleEvents } from '../programs.js';
import type { PayloadEvent } from './payload.js';

/**
 * An event as the server completes it. An event without a stage belongs to the first stage of its
 * program, if that has single events. Single events have no enrollment, even if they name one (the
 * server's source, EventProgramPreProcessor and EventWithoutRegistrationPreProcessor).
 */
export function completeEvent(metadata: MetadataTables, event: PayloadEvent): PayloadEvent {
  const stage = metadata.get('programStages', event.programStage ?? '');
  const program = metadata.get('programs', event.program ?? stage?.program.id ?? '');
  if (!program || !isOfSingleEvents(program)) return event;
  const [first] = metadata.stagesOf(program.id);
  return { ...event, programStage: event.programStage ?? first?.id, enrollment: undefined };
}
