import { badOption } from '../../../../common/src/options.js';

type Query = Record<string, unknown>;

/** Resources whose imports know `dryRun` (dhis2 FACTS §1.2, those of the tracker up to 2.41). */
const WITH_DRY_RUN = new Set([
  'dataValueSets',
  'completeDataSetRegistrations',
  'trackedEntityInstances',
]);

/**
 * The parameters of a metadata import, with `importMode=VALIDATE` in place of `dryRun=true`: DHIS2 passes
 * over the other, and stores (dhis2 LIVE 239, recordings 103 to 106).
 *
 * @param path of the request, `/metadata` for an import of metadata
 * @throws IntegrationError `BAD_OPTION` (configuration) for another import mode beside it
 */
export function toRehearsal(path: string, query: Query): Query {
  if (rootOf(path) !== 'metadata' || query.dryRun === undefined) return query;
  const { dryRun, ...others } = query;
  if (String(dryRun) !== 'true') return others;
  const { importMode = 'VALIDATE' } = others;
  if (importMode === 'VALIDATE') return { ...others, importMode };
  throw badOption('importMode', 'must be VALIDATE, or absent, beside dryRun');
}

/**
 * Refuses `dryRun` where DHIS2 does not know it, and would store what it is sent (dhis2 LIVE 239).
 *
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function refuseFalseRehearsal(path: string, query: Query = {}): void {
  const root = rootOf(path);
  const isAsked = String(query.dryRun) === 'true' || /[?&]dryRun=true\b/.test(path);
  if (!isAsked || root === 'metadata' || WITH_DRY_RUN.has(root)) return;
  throw badOption(
    'dryRun',
    `is not known to DHIS2 for ${root}: it would store what it is sent`,
    `Rehearse it with create('metadata', { ${root}: [...] }, { dryRun: true }).`,
  );
}

function rootOf(path: string): string {
  return path.replace(/^\/+/, '').split(/[/?.]/)[0]!;
}
