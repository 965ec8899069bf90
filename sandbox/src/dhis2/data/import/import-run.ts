import { type Period, parsePeriod } from '#common/periods/index.js';
import type { SeedUser } from '../../accounts/types.js';
import type { ServerContext } from '../../server-context.js';
import type { Dhis2Store } from '../../store/dhis2-store.js';
import { createLookup } from './lookup.js';
import { type Now, nowIn } from './open-periods.js';
import { type ImportOptions, resolveIdSchemes } from './options.js';
import type { Payload } from './payload.js';
import { ImportSummary } from './summary.js';

/** One import: its input, user, time and summary. */
export interface ImportRun {
  store: Dhis2Store;
  user: SeedUser;
  payload: Payload;
  options: ImportOptions;
  summary: ImportSummary;
  now: Now;
  minor: number;
  importer: 'per-value' | 'group';
  ignoresUnchanged: boolean;
  isInputPeriodInverted: boolean;
  lookups: Lookups;
  /** The period of an id in this server's version; undefined for an invalid id. */
  periodOf(id: string | undefined): Period | undefined;
}

type Lookups = ReturnType<typeof createLookups>;

/**
 * Prepares an import.
 *
 * @throws Refusal 400 when the payload's id schemes are unknown to the sandbox
 */
export function createImportRun(
  { store, dialect, clock }: ServerContext,
  user: SeedUser,
  payload: Payload,
  requested: ImportOptions,
): ImportRun {
  const options = { ...requested, dryRun: payload.dryRun ?? requested.dryRun };
  const periods = new Map<string, Period | undefined>();
  return {
    store,
    user,
    payload,
    options,
    summary: new ImportSummary(dialect, options),
    now: nowIn(store.systemInfo.serverTimeZoneId, clock()),
    minor: dialect.minor,
    importer: dialect.importer,
    ignoresUnchanged: dialect.ignoresUnchanged,
    isInputPeriodInverted: dialect.isInputPeriodInverted,
    lookups: createLookups(store, payload, options, dialect.minor),
    periodOf(id) {
      if (id === undefined) return undefined;
      if (!periods.has(id)) {
        periods.set(id, parsePeriod(id, { serverVersion: dialect.version }));
      }
      return periods.get(id);
    },
  };
}

function createLookups(
  { metadata }: Dhis2Store,
  payload: Payload,
  options: ImportOptions,
  minor: number,
) {
  const schemes = resolveIdSchemes(payload.idSchemes, options.idSchemes, minor);
  return {
    schemes,
    dataSet: createLookup(metadata, 'dataSets', schemes.dataSet),
    dataElement: createLookup(metadata, 'dataElements', schemes.dataElement),
    orgUnit: createLookup(metadata, 'organisationUnits', schemes.orgUnit),
    categoryOptionCombo: createLookup(
      metadata,
      'categoryOptionCombos',
      schemes.categoryOptionCombo,
    ),
    attributeOptionCombo: createLookup(
      metadata,
      'categoryOptionCombos',
      schemes.attributeOptionCombo,
    ),
  };
}
