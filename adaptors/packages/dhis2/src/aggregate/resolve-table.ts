import type { Problem } from '#common/reporting/mapping-problems.js';
import { chooseNamed, listCandidates, listNearest } from '#common/reporting/named.js';
import type { Dhis2Client } from '../client/client.js';
import type { OrgUnit } from '../client/metadata/metadata.js';
import { readWholeTree } from '../org-units/read-org-units.js';

/** The table of a mapping with ids only, the org units that it names, and what it names in vain. */
export interface ResolvedTable {
  table: Record<string, string>;
  orgUnits: OrgUnit[];
  problems: Problem[];
}

/**
 * Finds the org units that `orgUnits.table` names by id, code or exact name. Names are not unique
 * in DHIS2, so the whole tree is read for them; ids and codes need no request.
 *
 * @param table location id → id, code or name of an org unit
 * @param known the org units with the ids and codes of the table
 */
export async function resolveTable(
  client: Dhis2Client,
  table: Record<string, string>,
  known: readonly OrgUnit[],
): Promise<ResolvedTable> {
  const byWord = new Map(
    [...known]
      .reverse()
      .flatMap(unit => [[unit.code ?? unit.id, unit] as const, [unit.id, unit] as const]),
  );
  const words = [...new Set(Object.values(table))];
  const others = words.filter(word => !byWord.has(word));
  const tree = others.length > 0 ? await readWholeTree(client) : [];
  const problems: Problem[] = [];
  for (const word of others) {
    const { found, candidates } = chooseNamed(word, tree);
    if (found) byWord.set(word, found);
    else problems.push(candidates.length > 0 ? ambiguous(word, candidates) : unknown(word, tree));
  }
  return {
    table: Object.fromEntries(
      Object.entries(table).flatMap(([location, word]) => {
        const unit = byWord.get(word);
        return unit ? [[location, unit.id]] : [];
      }),
    ),
    orgUnits: [...new Set(words.flatMap(word => byWord.get(word) ?? []))],
    problems,
  };
}

function ambiguous(word: string, candidates: readonly OrgUnit[]): Problem {
  return {
    code: 'AMBIGUOUS_ORG_UNIT',
    message: `orgUnits.table: "${word}" names several org units: ${listCandidates(candidates)}. Use an id.`,
  };
}

function unknown(word: string, tree: readonly OrgUnit[]): Problem {
  return {
    code: 'UNKNOWN_ORG_UNIT',
    message: `No org unit has the id, code or name "${word}", which orgUnits.table names. ${listNearest(word, tree, 'The account sees', 'org unit')}`,
  };
}
