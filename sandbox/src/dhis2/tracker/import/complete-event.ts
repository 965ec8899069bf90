import type { MetadataTables } from '../../metadata/tables.js';
import { isOfSingleEvents } from '../programs.js';
import type { PayloadEvent } from './payload.js';

/**
 * An event as the server understands it: one that names no stage is of the first stage of its program,
 * if that has single events, and such events have no enrollment, whatever they name (the server's
 * source, EventProgramPreProcessor and EventWithoutRegistrationPreProcessor).
 */
export function completeEvent(metadata: MetadataTables, event: PayloadEvent): PayloadEvent {
  const stage = metadata.get('programStages', event.programStage ?? '');
  const program = metadata.get('programs', event.program ?? stage?.program.id ?? '');
  if (!program || !isOfSingleEvents(program)) return event;
  const [first] = metadata.stagesOf(program.id);
  return { ...event, programStage: event.programStage ?? first?.id, enrollment: undefined };
}
