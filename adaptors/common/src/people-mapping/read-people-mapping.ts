import { badOption, refuseUnknownKeys } from '../operations/options.js';
import type { Problem } from '../reporting/mapping-problems.js';
import { checkRows } from './check-rows.js';
import type { PeopleMapping } from './people-mapping.js';
import { badPeopleMapping, createProblems } from './problems.js';
import { type KnownDhis2, resolveNames } from './resolve-names.js';
import type { Row } from './rows.js';

const KEYS = [
  'case',
  'contact',
  'contactOfContact',
  'relationship',
  'labResults',
  'followUps',
  'required',
  'vaccines',
  'server',
  'linkAttribute',
  'findBy',
  'whenDeleted',
];

const PARTS: Readonly<Record<string, readonly string[]>> = {
  case: ['program', 'rows'],
  contact: ['program', 'rows'],
  contactOfContact: ['program', 'rows'],
  relationship: ['type', 'source', 'types', 'rows'],
  labResults: ['result', 'request', 'rows'],
  followUps: ['stage', 'when', 'rows'],
  whenDeleted: ['inDhis2', 'inGoData'],
};

/**
 * Checks a mapping whole and replaces the names in it by ids: its form, every row by itself, and
 * every row against the programs where they are known.
 *
 * @param known the programs and relationship types of DHIS2, as far as they were read
 * @throws IntegrationError `BAD_OPTION` (configuration) for something that is no mapping,
 * `BAD_MAPPING` (configuration) with all problems of its rows
 */
export function readPeopleMapping(given: PeopleMapping, known: KnownDhis2): PeopleMapping {
  const { resolved, problems } = findProblems(given, known);
  if (problems.length > 0) throw badPeopleMapping(problems);
  return resolved;
}

/**
 * The mapping with ids, and all problems of its rows.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) for something that is no mapping
 */
export function findProblems(
  given: PeopleMapping,
  known: KnownDhis2,
): { resolved: PeopleMapping; problems: Problem[] } {
  checkForm(given);
  const problems = createProblems();
  checkRows(given, problems);
  const resolved = resolveNames(given, known, problems);
  return { resolved, problems: problems.list() };
}

function checkForm(given: PeopleMapping): void {
  if (Object.values(given ?? {}).some(one => typeof one === 'function')) {
    throw badOption(
      'mapPeople',
      'needs lists of rows, not functions of a person',
      'A mapping of an older form must be written anew: see docs/upgrading.md.',
    );
  }
  refuseUnknownKeys('mapPeople', given, KEYS);
  for (const [name, keys] of Object.entries(PARTS)) {
    const part = given[name as keyof PeopleMapping] as { rows?: unknown } | null | undefined;
    if (part === undefined || (part === null && name !== 'case')) continue;
    refuseUnknownKeys(name, part, keys);
    if (keys.includes('rows')) checkList(`${name}.rows`, part?.rows);
    if (keys.includes('program') && !isText((part as { program?: unknown }).program)) {
      throw badOption(`${name}.program`, 'must be the id, the code or the name of a program');
    }
  }
  if (!given.case) throw badOption('case', 'must be { program, rows }');
}

function checkList(path: string, given: unknown): void {
  const isRow = (one: unknown) => (one as Row | null)?.kind === 'row';
  if (Array.isArray(given) && given.every(isRow)) return;
  throw badOption(path, 'must be a list of row(...) and answers(...)');
}

function isText(given: unknown): boolean {
  return typeof given === 'string' && given.trim() !== '';
}
