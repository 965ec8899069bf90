import type { MetadataReader } from '../metadata/reader.js';
import type { Program, TrackerEvent } from './types.js';

/** Whether a program has single events, which belong to no enrollment (recordings 028, 312). */
export function isOfSingleEvents({ programType }: Program): boolean {
  return programType === 'WITHOUT_REGISTRATION';
}

/** The program of an event: that of its stage. */
export function programOfEvent(
  metadata: MetadataReader,
  { programStage }: Pick<TrackerEvent, 'programStage'>,
): Program {
  const stage = metadata.get('programStages', programStage)!;
  return metadata.get('programs', stage.program.id)!;
}
