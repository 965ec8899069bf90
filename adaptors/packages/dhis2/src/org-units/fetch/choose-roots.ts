import { configurationError } from '#common/reporting/errors.js';
import type { Dhis2Client } from '../../client/client.js';
import { findNamed, type OrgUnit } from '../../client/metadata/metadata.js';
import { readOrgUnits } from '../read-org-units.js';

/**
 * Finds the org units at which to begin, by id or code. One below another one is part of its tree.
 *
 * @param words ids or codes
 * @returns ids; empty when no root was chosen
 * @throws IntegrationError `UNKNOWN_ORG_UNIT` (configuration)
 */
export async function chooseRoots(
  client: Dhis2Client,
  words: readonly string[],
): Promise<string[]> {
  if (words.length === 0) return [];
  const candidates = await readOrgUnits(client, words, words);
  const found = words.map(word => [word, byIdOrCode(word, candidates)] as const);
  const unknown = found.filter(([, unit]) => !unit).map(([word]) => `"${word}"`);
  if (unknown.length > 0) {
    throw configurationError(
      'UNKNOWN_ORG_UNIT',
      `The account can see no org unit with the id or code ${unknown.join(', ')}.`,
      { fix: 'Correct roots in the job. Nothing was written.' },
    );
  }
  const units = found.map(([, unit]) => unit!);
  const ids = new Set(units.map(({ id }) => id));
  const isBelowAnother = ({ id, path }: OrgUnit) =>
    path.split('/').some(above => above !== id && ids.has(above));
  return [...new Set(units.filter(unit => !isBelowAnother(unit)).map(({ id }) => id))];
}

function byIdOrCode(word: string, candidates: OrgUnit[]): OrgUnit | undefined {
  const found = findNamed(
    word,
    candidates.map(({ name: _name, ...unit }) => unit),
  );
  return typeof found === 'object' ? found : undefined;
}
