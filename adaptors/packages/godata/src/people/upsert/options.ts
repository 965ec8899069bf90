import type { LargeChangeOption } from '#common/brake/large-change.js';
import { badOption, refuseUnknownKeys, resolve } from '#common/operations/options.js';
import type { MemoryPlace } from '#common/ownership/index.js';
import type { OnRejectedOption } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';

type Lazy<T> = T | ((state: State) => T);

/** Properties of a new outbreak, without its name (godata FACTS §4). All have defaults. */
export type OutbreakParameters = Record<string, unknown>;

/** What happens if an outbreak does not exist. */
export interface Creation {
  /**
   * Whether to create it. Otherwise the run stops, because a typing error in its name would make a
   * second outbreak. Default false.
   */
  create?: boolean;
  /** What it is created with. */
  parameters?: OutbreakParameters;
}

/** The outbreak to which people are written. */
export type OutbreakChoice =
  | { id: string }
  /** Found by its exact name. */
  | ({ name: string } & Creation)
  /**
   * One outbreak for each org unit of this level of DHIS2's tree, or for each org unit with cases.
   * A person is written to the outbreak of the nearest org unit above.
   */
  | ({ each: { level: number } | 'org-unit-with-cases' } & Creation);

/** The options of `upsertCases`. */
export interface UpsertCasesOptions extends LargeChangeOption, OnRejectedOption {
  outbreak: Lazy<OutbreakChoice>;
  /** Whether Go.Data assigns visual ids by the outbreak's masks. Default true. */
  visualIds?: boolean;
  /**
   * Where to keep the values on which both systems last agreed, for fields whose owner is `latest`.
   * Default: in the state.
   */
  memory?: MemoryPlace;
}

/** The options, checked and with defaults. */
export interface ResolvedUpsert {
  outbreak: OutbreakChoice;
  visualIds: boolean;
  memory: MemoryPlace | undefined;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function resolveUpsert(given: UpsertCasesOptions, state: State): ResolvedUpsert {
  refuseUnknownKeys('upsertCases options', given, [
    'outbreak',
    'visualIds',
    'memory',
    'largeChange',
    'onRejected',
  ]);
  const { visualIds = true } = given;
  if (typeof visualIds !== 'boolean') throw badOption('visualIds', 'must be true or false');
  const outbreak = resolve(given.outbreak, state);
  checkChoice(outbreak);
  return { outbreak, visualIds, memory: given.memory };
}

function checkChoice(choice: unknown): asserts choice is OutbreakChoice {
  const { id, name, each, create, parameters, ...rest } = (choice ?? {}) as Record<string, unknown>;
  const unknown = Object.keys(rest);
  if (unknown.length > 0) throw badOption('outbreak', `${unknown.join(', ')} is not known`);
  const ways = [isText(id), isText(name), isEach(each)].filter(Boolean).length;
  if (ways !== 1) {
    throw badOption(
      'outbreak',
      'must have an id, a name, or each',
      "For example { name: 'Cholera 2026' } or { each: { level: 3 } }.",
    );
  }
  if (create !== undefined && typeof create !== 'boolean') {
    throw badOption(
      'outbreak.create',
      'must be true or false',
      'The fields of a new outbreak are under outbreak.parameters.',
    );
  }
  if (parameters !== undefined && (typeof parameters !== 'object' || parameters === null)) {
    throw badOption('outbreak.parameters', 'must be an object');
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isEach(value: unknown): boolean {
  const { level } = (value ?? {}) as { level?: unknown };
  return value === 'org-unit-with-cases' || (Number.isInteger(level) && (level as number) >= 1);
}
