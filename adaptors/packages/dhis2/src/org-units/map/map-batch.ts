import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  FetchedLocation,
  FetchedLocationBatch,
} from '#common/handover/fetched-location-batch.js';
import type {
  MappedOrgUnit,
  MappedOrgUnitBatch,
  OrgUnitFields,
} from '#common/handover/mapped-org-unit-batch.js';
import { isDay } from '#common/periods/index.js';
import { configurationError } from '#common/reporting/errors.js';
import { listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import { fitTexts } from './fit-texts.js';
import type { ResolvedMap } from './options.js';
import { readFields } from './read-fields.js';
import { readKeys } from './read-keys.js';

/** Returns the properties of the org unit for a location. */
export type ToOrgUnit = (location: FetchedLocation) => OrgUnitFields;

/**
 * Maps locations to org units. The mapping cannot choose the id and the parent: by them each run
 * finds the org units of earlier runs.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) when the function returns a property that
 * org units do not have
 */
export function mapBatch(
  { locations, parents, deleted, next }: FetchedLocationBatch,
  toOrgUnit: ToOrgUnit,
  options: ResolvedMap,
): { batch: MappedOrgUnitBatch; report: StepReport } {
  const { owner, whenDeleted, server, under } = options;
  const rejected: Rejected[] = [];
  const orgUnits: MappedOrgUnit[] = [];
  const nameless: FetchedLocation[] = [];
  const siblings = new Map<string, MappedOrgUnit[]>();
  for (const location of locations) {
    const { id, parent, activeBelow } = location;
    const fields = readFields(toOrgUnit(location));
    if (fields.name === '') {
      rejected.push(noName(id));
      nameless.push(location);
      continue;
    }
    const orgUnit: MappedOrgUnit = {
      ...readKeys(location, options),
      ...(parent === undefined ? {} : { parent }),
      ...fields,
      openingDate: readOpeningDate(options, location),
      ...(fields.closed && activeBelow ? { openBelow: true } : {}),
    };
    orgUnits.push(orgUnit);
    getOrCreate(siblings, parent ?? '', () => [] as MappedOrgUnit[]).push(orgUnit);
  }
  for (const group of siblings.values()) {
    const fitted = fitTexts(group);
    for (const orgUnit of fitted.size > 0 ? group : []) {
      if (fitted.has(orgUnit.id)) {
        delete orgUnit.code;
        Object.assign(orgUnit, fitted.get(orgUnit.id));
      }
    }
  }
  return {
    batch: {
      orgUnits,
      parents: [...parents, ...nameless].map(keys => readKeys(keys, options)),
      ...(deleted && whenDeleted === 'close'
        ? { deleted: deleted.map(keys => readKeys(keys, options)) }
        : {}),
      server,
      owner,
      ...(under === undefined ? {} : { under }),
      ...(next ? { next } : {}),
    },
    report: { read: locations.length, ...listed(rejected) },
  };
}

function readOpeningDate({ openingDate }: ResolvedMap, location: FetchedLocation): string {
  const day = typeof openingDate === 'function' ? openingDate(location) : openingDate;
  if (isDay(day)) return day;
  throw configurationError(
    'BAD_MAPPING',
    'The option openingDate of mapOrgUnits gives no day for a location.',
    {
      fix: 'Return a text in the form yyyy-MM-dd.',
    },
  );
}

function noName(id: string): Rejected {
  const message = 'The mapping gives it no name. DHIS2 requires one.';
  return { kind: 'location', id, code: 'NO_NAME', message };
}
