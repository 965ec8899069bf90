import type { ServerContext } from '../../server-context.js';
import type { SeedUser } from '../../types.js';
import { isSuperuser } from '../../users.js';
import { Refusal, sandboxRefusal } from '../../web-message.js';

const STRATEGIES = ['CREATE', 'UPDATE', 'CREATE_AND_UPDATE', 'DELETE'] as const;
export type ImportStrategy = (typeof STRATEGIES)[number];

const REPORT_MODES = ['FULL', 'ERRORS', 'WARNINGS'] as const;
export type ReportMode = (typeof REPORT_MODES)[number];

/** How to import (dhis2 FACTS §4.1). */
export interface ImportParams {
  async: boolean;
  strategy: ImportStrategy;
  /** Whether nothing is written. */
  validatesOnly: boolean;
  /** Whether one error means that nothing is written. */
  isAtomic: boolean;
  /** Whether the first error ends the validation. */
  failsFast: boolean;
  /** Whether program rules run (dhis2 LIVE, WHO's package: skipRuleEngine). */
  runsRules: boolean;
  reportMode: ReportMode;
}

/** What chooses the identifiers of metadata; the sandbox knows UIDs only. */
const ID_SCHEMES = [
  'idScheme',
  'dataElementIdScheme',
  'orgUnitIdScheme',
  'programIdScheme',
  'programStageIdScheme',
  'categoryOptionIdScheme',
  'categoryOptionComboIdScheme',
] as const;

/** Without effect here: there are no patterns to check, messages to send. */
const FLAGS = ['skipPatternValidation', 'skipSideEffects'] as const;

type RequestParams = Readonly<Record<string, string[]>>;

/**
 * Reads the parameters of `POST /api/tracker`. What the server does not know it passes over.
 *
 * @throws Refusal 400 for a value that a parameter cannot have, or one that the sandbox cannot serve
 */
export function readImportParams(
  params: RequestParams,
  user: SeedUser,
  { dialect }: ServerContext,
): ImportParams {
  for (const name of ID_SCHEMES) {
    const scheme = params[name]?.[0] || 'UID';
    if (scheme.toUpperCase() !== 'UID') throw sandboxRefusal(400, `${name}=${scheme}`);
  }
  for (const name of FLAGS) choose(params, name, ['true', 'false'], 'false');
  choose(params, 'flushMode', ['AUTO', 'OBJECT'], 'AUTO');
  const atomicMode = choose(params, 'atomicMode', ['ALL', 'OBJECT'], 'ALL');
  const validation = choose(params, 'validationMode', ['FULL', 'FAIL_FAST', 'SKIP'], 'FULL');
  if (validation === 'SKIP' && isSuperuser(user)) {
    throw sandboxRefusal(400, 'an import without validation');
  }
  if (validation === 'FAIL_FAST' && atomicMode === 'OBJECT') {
    throw sandboxRefusal(400, 'validationMode=FAIL_FAST with atomicMode=OBJECT');
  }
  return {
    // The server's route of a direct answer has exactly this value.
    async: params.async?.[0] !== 'false',
    strategy: choose(params, 'importStrategy', STRATEGIES, dialect.tracker.import.strategy),
    validatesOnly: choose(params, 'importMode', ['COMMIT', 'VALIDATE'], 'COMMIT') === 'VALIDATE',
    isAtomic: atomicMode === 'ALL',
    failsFast: validation === 'FAIL_FAST',
    runsRules: choose(params, 'skipRuleEngine', ['true', 'false'], 'false') === 'false',
    reportMode: readReportMode(params),
  };
}

/** @throws Refusal 400 when there is no such mode */
export function readReportMode(params: RequestParams): ReportMode {
  return choose(params, 'reportMode', REPORT_MODES, 'ERRORS');
}

/** One of some values, in capitals or not. */
function choose<V extends string>(
  params: RequestParams,
  name: string,
  values: readonly V[],
  byDefault: V,
): V {
  const text = params[name]?.[0];
  if (text === undefined || text === '') return byDefault;
  const value = values.find(one => one.toLowerCase() === text.toLowerCase());
  if (value !== undefined) return value;
  throw new Refusal(400, {
    message: `Value '${text}' is not valid for parameter ${name}. Valid values are: [${values.join(', ')}]`,
  });
}

/** The parameters of an import as its background job repeats them (recording 256). */
export function printParams(params: ImportParams): object {
  const uid = { idScheme: 'UID', attributeUid: null };
  return {
    importMode: params.validatesOnly ? 'VALIDATE' : 'COMMIT',
    idSchemes: Object.fromEntries(ID_SCHEMES.map(name => [name, uid])),
    importStrategy: params.strategy,
    atomicMode: params.isAtomic ? 'ALL' : 'OBJECT',
    flushMode: 'AUTO',
    validationMode: params.failsFast ? 'FAIL_FAST' : 'FULL',
    skipPatternValidation: false,
    skipSideEffects: false,
    skipRuleEngine: !params.runsRules,
    filename: null,
    reportMode: params.reportMode,
  };
}
