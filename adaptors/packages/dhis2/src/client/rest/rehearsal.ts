import { splitPath } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';

type Query = Record<string, unknown>;

/** Imports that are told to store nothing by `importMode` (dhis2 LIVE 239, FACTS §4.1). */
const BY_IMPORT_MODE = new Set(['metadata', 'tracker']);

/** Resources whose imports know `dryRun` (dhis2 FACTS §1.2, those of the tracker up to 2.41). */
const WITH_DRY_RUN = new Set([
  'dataValueSets',
  'completeDataSetRegistrations',
  'trackedEntityInstances',
]);

/**
 * The parameters of an import of metadata or tracker objects, with `importMode=VALIDATE` in place of
 * `dryRun=true`: DHIS2 passes over the other, and stores (dhis2 LIVE 239, recordings 103 to 106).
 *
 * @param path of the request, `/metadata` for an import of metadata
 * @throws IntegrationError `BAD_OPTION` (configuration) for another import mode beside it, and as {@link readDryRun}
 */
export function toRehearsal(path: string, query: Query): Query {
  if (!BY_IMPORT_MODE.has(rootOf(path))) return query;
  const isAsked = readDryRun(query);
  const { dryRun: _, ...others } = query;
  if (!isAsked) return others;
  const { importMode = 'VALIDATE' } = others;
  if (String(importMode) === 'VALIDATE') return { ...others, importMode };
  throw badOption('importMode', 'must be VALIDATE, or absent, beside dryRun');
}

/**
 * Whether parameters ask for a dry run. DHIS2 passes over a name that it does not know, and stores
 * (dhis2 LIVE 179): whatever looks like a wish for a dry run and is none is refused.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) for another spelling, and for neither true nor false
 */
export function readDryRun(query: Query): boolean {
  const name = Object.keys(query).find(
    key => key.toLowerCase() === 'dryrun' && query[key] !== undefined && query[key] !== null,
  );
  if (name === undefined) return false;
  if (name !== 'dryRun') {
    throw badOption(name, 'is no parameter of DHIS2: it would store', 'Write dryRun.');
  }
  const value = String(query.dryRun);
  if (value === 'true' || value === 'false') return value === 'true';
  throw badOption('dryRun', 'must be true or false');
}

/**
 * Refuses `dryRun` where DHIS2 does not know it, and would store what it is sent (dhis2 LIVE 239).
 *
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function refuseFalseRehearsal(given: string, query: Query = {}): void {
  const { path, query: inPath } = splitPath(given);
  const root = rootOf(path);
  if (!readDryRun({ ...inPath, ...query })) return;
  if (BY_IMPORT_MODE.has(root) || WITH_DRY_RUN.has(root)) return;
  throw badOption(
    'dryRun',
    `is not known to DHIS2 for ${root}, which would store the objects`,
    `Try it with create('metadata', { ${root}: [...] }, { dryRun: true }).`,
  );
}

function rootOf(path: string): string {
  return path.replace(/^\/+/, '').split(/[/?.]/)[0]!;
}
