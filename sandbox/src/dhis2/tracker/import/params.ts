import { isSuperuser } from '../../accounts/access.js';
import type { SeedUser } from '../../accounts/types.js';
import { Refusal, sandboxRefusal } from '../../http/web-message.js';
import type { ServerContext } from '../../server-context.js';
import { type IdSchemes, readIdSchemes, shownSchemes } from './id-schemes.js';
import { REPORT_MODES, type ReportMode } from './report-mode.js';

const STRATEGIES = ['CREATE', 'UPDATE', 'CREATE_AND_UPDATE', 'DELETE'] as const;
export type ImportStrategy = (typeof STRATEGIES)[number];

/** The parameters of an import (dhis2 FACTS §4.1). */
export interface ImportParams {
  async: boolean;
  strategy: ImportStrategy;
  /** Whether nothing is written. */
  validatesOnly: boolean;
  /** Whether nothing is written if there is an error. */
  isAtomic: boolean;
  /** Whether the first error ends the validation. */
  failsFast: boolean;
  /** Whether program rules run (dhis2 LIVE, WHO's package: skipRuleEngine). */
  runsRules: boolean;
  reportMode: ReportMode;
  idSchemes: IdSchemes;
  /** All parameters, as the server prints them in the notifications of a job (recording 256). */
  shown: object;
}

/** Without effect here: the sandbox checks no patterns and sends no messages. */
const FLAGS = ['skipPatternValidation', 'skipSideEffects'] as const;

type RequestParams = Readonly<Record<string, string[]>>;

/**
 * Reads the parameters of `POST /api/tracker`. Like the server, ignores unknown parameters.
 *
 * @throws Refusal 400 for an invalid value, or one that the sandbox does not support
 */
export function readImportParams(
  params: RequestParams,
  user: SeedUser,
  { dialect }: ServerContext,
): ImportParams {
  const idSchemes = readIdSchemes(name => params[name]?.[0]);
  const flag = (name: string) => choose(params, name, ['true', 'false'], 'false') === 'true';
  const [skipPatternValidation, skipSideEffects] = FLAGS.map(flag);
  const skipRuleEngine = flag('skipRuleEngine');
  const flushMode = choose(params, 'flushMode', ['AUTO', 'OBJECT'], 'AUTO');
  const importMode = choose(params, 'importMode', ['COMMIT', 'VALIDATE'], 'COMMIT');
  const strategy = choose(params, 'importStrategy', STRATEGIES, dialect.tracker.import.strategy);
  const reportMode = readReportMode(params);
  const atomicMode = choose(params, 'atomicMode', ['ALL', 'OBJECT'], 'ALL');
  const validation = choose(params, 'validationMode', ['FULL', 'FAIL_FAST', 'SKIP'], 'FULL');
  if (validation === 'SKIP' && isSuperuser(user)) {
    throw sandboxRefusal(400, 'an import without validation');
  }
  if (validation === 'FAIL_FAST' && atomicMode === 'OBJECT') {
    throw sandboxRefusal(400, 'validationMode=FAIL_FAST with atomicMode=OBJECT');
  }
  return {
    // The server's route for synchronous imports requires exactly this value.
    async: params.async?.[0] !== 'false',
    idSchemes,
    strategy,
    validatesOnly: importMode === 'VALIDATE',
    isAtomic: atomicMode === 'ALL',
    failsFast: validation === 'FAIL_FAST',
    runsRules: !skipRuleEngine,
    reportMode,
    shown: {
      importMode,
      idSchemes: shownSchemes(idSchemes),
      importStrategy: strategy,
      atomicMode,
      flushMode,
      validationMode: validation,
      skipPatternValidation,
      skipSideEffects,
      skipRuleEngine,
      filename: null,
      reportMode,
    },
  };
}

/** @throws Refusal 400 when there is no such mode */
export function readReportMode(params: RequestParams): ReportMode {
  return choose(params, 'reportMode', REPORT_MODES, 'ERRORS');
}

/** One of the given values, in any case. */
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
