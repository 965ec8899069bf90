import { getOrCreate } from '#common/collections/get-or-create.js';
import type { FetchedOrgUnitBatch, OrgUnit } from '#common/handover/fetched-org-unit-batch.js';
import type {
  LocationFields,
  MappedLocation,
  MappedLocationBatch,
} from '#common/handover/mapped-location-batch.js';
import { configurationError } from '#common/reporting/errors.js';
import { type Adjusted, listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import { distinctNames, distinctSynonyms } from './distinct-names.js';
import type { MapLocationsOptions } from './options.js';
import { readFields } from './read-fields.js';

/** Returns the fields of an org unit's location. */
export type ToLocation = (orgUnit: OrgUnit) => LocationFields;

/**
 * Maps org units to locations. The mapping does not choose the id, the parent and the mark: by
 * these each run finds the locations of earlier runs.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) when the function gives a field that
 * locations do not have
 */
export function mapBatch(
  { orgUnits, roots, allIds, next, boundTo }: FetchedOrgUnitBatch,
  toLocation: ToLocation,
  { distinctName, link, mark, server }: Required<MapLocationsOptions>,
): { batch: MappedLocationBatch; report: StepReport } {
  const rejected: Rejected[] = [];
  const adjusted: Adjusted[] = [];
  const siblings = new Map<string, MappedLocation[]>();
  const nameless = new Set<string>();
  const unitOf = new Map<string, OrgUnit>();
  const locations: MappedLocation[] = [];
  for (const orgUnit of orgUnits) {
    const { id, parent, openBelow } = orgUnit;
    const location = readFields(toLocation(orgUnit), orgUnit);
    if (location.name === '' || (parent !== undefined && nameless.has(parent))) {
      rejected.push(location.name === '' ? noName(id) : belowNameless(id, parent!));
      nameless.add(id);
      continue;
    }
    if (location.identifiers.some(({ description }) => description === mark)) throw markTaken(mark);
    // Go.Data does not allow an inactive location above an active one (godata FACTS §6).
    if (!location.active && openBelow) {
      adjusted.push(keptActive(id));
      location.active = true;
    }
    unitOf.set(id, orgUnit);
    locations.push(location);
    getOrCreate(siblings, parent ?? '', () => [] as MappedLocation[]).push(location);
  }
  for (const group of siblings.values()) {
    const kept = distinctSynonyms(group);
    for (const location of kept.size > 0 ? group : []) {
      const synonyms = kept.get(location.id);
      if (synonyms === undefined) continue;
      adjusted.push(siblingSynonym(location, synonyms));
      location.synonyms = synonyms;
    }
    const others = distinctNames(group, ({ id, name }) =>
      readName(distinctName(name, unitOf.get(id)!)),
    );
    for (const location of others.size > 0 ? group : []) {
      const name = others.get(location.id);
      if (name === undefined) continue;
      adjusted.push(siblingName(location, name));
      location.name = name;
    }
  }
  return {
    batch: {
      locations,
      roots,
      mark,
      link,
      server,
      ...(allIds ? { allIds } : {}),
      ...(next ? { next } : {}),
      ...(boundTo ? { boundTo } : {}),
    },
    report: { read: orgUnits.length, ...listed(rejected, adjusted) },
  };
}

function readName(other: unknown): string {
  if (typeof other === 'string' && other.trim() !== '') return other.trim();
  throw configurationError('BAD_MAPPING', 'distinctName returned no name for an org unit.', {
    fix: 'Return a text with the name and something that siblings do not share.',
  });
}

function noName(id: string): Rejected {
  return {
    kind: 'org unit',
    id,
    code: 'NO_NAME',
    message: 'The org unit has no name, which Go.Data requires.',
  };
}

function belowNameless(id: string, parent: string): Rejected {
  const message = `The parent ${parent} has no name.`;
  return { kind: 'org unit', id, code: 'PARENT_NOT_THERE', message };
}

function keptActive(id: string): Adjusted {
  const message =
    'The org unit is closed, but its location stays active because an org unit below it is open.';
  return { kind: 'location', id, code: 'OPEN_BELOW', message };
}

function siblingName({ id, name }: MappedLocation, other: string): Adjusted {
  const message = `"${name}" is also the name or a synonym of a sibling. It becomes "${other}".`;
  return { kind: 'location', id, code: 'SIBLING_NAME', message };
}

function siblingSynonym({ id, synonyms }: MappedLocation, kept: string[]): Adjusted {
  const lost = synonyms.filter(text => !kept.includes(text)).map(text => `"${text}"`);
  const message = `The synonym ${lost.join(', ')} is also a synonym of a sibling. It is omitted.`;
  return { kind: 'location', id, code: 'SIBLING_SYNONYM', message };
}

function markTaken(mark: string) {
  return configurationError(
    'BAD_MAPPING',
    `The mapping gives an identifier with the description "${mark}", which is reserved for the mark.`,
    { fix: 'Choose another description, or another mark.' },
  );
}
