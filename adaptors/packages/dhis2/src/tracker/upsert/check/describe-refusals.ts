import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Finding } from '#common/reporting/report.js';
import type { Refusal } from '../../rules/program-rules.js';
import type { ProgramModel } from './metadata.js';
import { label } from './note.js';
import type { Metadata } from './read-metadata.js';

/**
 * The rules that refuse people, each with the rows that write what it reads: a person whom DHIS2
 * refuses later is explained by them.
 */
export function describeRefusals(
  { entities, rows = {} }: MappedTrackedEntityBatch,
  { programs, programOf }: Metadata,
): Finding[] {
  const used = new Set(entities.map(({ program }) => programOf(program)));
  return programs
    .filter(program => used.has(program))
    .flatMap(program =>
      program.refusals.flatMap((refusal): Finding[] => {
        const read = pathsOf(refusal, program).flatMap(path => rows[path] ?? []);
        if (read.length === 0) return [];
        const what = `The program rule ${label(refusal.rule)} of the program ${label(program)}`;
        const message = `${what} can refuse a person. It reads: ${[...new Set(read)].join('; ')}.`;
        return [{ severity: 'note', code: 'refusing-rule', message }];
      }),
    );
}

/** The places of the fields that a rule reads. */
function pathsOf({ reads }: Refusal, { stages }: ProgramModel): string[] {
  return reads
    .filter(field => field !== undefined)
    .flatMap(field => [
      field,
      ...[...stages.values()]
        .filter(({ elements }) => elements.has(field))
        .map(({ id }) => `${id}.${field}`),
    ]);
}
