import { splitPath } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';

type Query = Record<string, unknown>;

/** Imports for which `importMode` prevents storing (dhis2 LIVE 239, FACTS §4.1). */
const BY_IMPORT_MODE = new Set(['metadata', 'tracker']);

/** Resources whose imports support `dryRun` (dhis2 FACTS §1.2, those of the tracker up to 2.41). */
const WITH_DRY_RUN = new Set([
  'dataValueSets',
  'completeDataSetRegistrations',
  'trackedEntityInstances',
]);

/**
 * Replaces `dryRun=true` in the parameters of an import of metadata or tracker objects with
 * `importMode=VALIDATE`. There DHIS2 ignores `dryRun` and stores (dhis2 LIVE 239, recordings 103 to
 * 106).
 *
 * @param path path of the request, `/metadata` for an import of metadata
 * @throws IntegrationError `BAD_OPTION` (configuration) for another `importMode` with `dryRun`, and
 * as {@link readDryRun}
 */
export function toRehearsal(path: string, query: Query): Query {
  if (!BY_IMPORT_MODE.has(rootOf(path))) return query;
  const isAsked = readDryRun(query);
  const { dryRun: _, ...others } = query;
  if (!isAsked) return others;
  const { importMode = 'VALIDATE' } = others;
  if (String(importMode) === 'VALIDATE') return { ...others, importMode };
  throw badOption('importMode', 'must be VALIDATE or absent when dryRun is set');
}

/**
 * Whether parameters request a dry run. DHIS2 ignores an unknown parameter and stores (dhis2 LIVE
 * 179), so a misspelled `dryRun` is refused.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) for another spelling, and for a value other
 * than true and false
 */
export function readDryRun(query: Query): boolean {
  const name = Object.keys(query).find(
    key => key.toLowerCase() === 'dryrun' && query[key] !== undefined && query[key] !== null,
  );
  if (name === undefined) return false;
  if (name !== 'dryRun') {
    throw badOption(
      name,
      'is not a parameter of DHIS2, which would store the data',
      'Write dryRun.',
    );
  }
  const value = String(query.dryRun);
  if (value === 'true' || value === 'false') return value === 'true';
  throw badOption('dryRun', 'must be true or false');
}

/**
 * Refuses `dryRun` for resources where DHIS2 ignores it and would store the data (dhis2 LIVE 239).
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
    `does not work for ${root}: DHIS2 would store the objects`,
    `Try it with create('metadata', { ${root}: [...] }, { dryRun: true }).`,
  );
}

function rootOf(path: string): string {
  return path.replace(/^\/+/, '').split(/[/?.]/)[0]!;
}
