import type { MappedPerson } from '#common/handover/mapped-people-batch.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import type { Rejected } from '#common/reporting/report.js';
import { type References, resolveReferences } from '../read/references.js';

/**
 * Replaces org units by locations, and checks every id against those of the server. A code that the
 * server does not have is left out and counted. A person at an unknown location is rejected,
 * because users could not find the record.
 */
export function resolvePeople(
  people: readonly MappedPerson[],
  references: References,
  leftOut: LeftOutLedger,
  rejected: Rejected[],
): MappedPerson[] {
  return people.flatMap(person => {
    const { id, kind, deleted, labResults } = person;
    if (deleted) return person;
    let unknownPlace: string | undefined;
    const note: Parameters<typeof resolveReferences>[2] = unknown => {
      if (unknown.path === 'addresses.locationId') unknownPlace = unknown.id;
      else leftOut.add('unknown-reference', `${unknown.path}=${unknown.id}`);
    };
    const fields = resolveReferences(person.fields, references, note);
    const results = labResults.map(({ key, fields: of }) => ({
      key,
      fields: resolveReferences(of, references, note),
    }));
    if (unknownPlace === undefined) return { ...person, fields, labResults: results };
    const message = `Go.Data has no location for the org unit ${unknownPlace}. Run org-units-to-locations.`;
    rejected.push({ kind, id, code: 'UNKNOWN_LOCATION', message });
    return [];
  });
}
