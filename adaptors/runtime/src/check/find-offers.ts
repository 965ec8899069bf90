import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readCredentials } from '../credentials/read-credentials.js';
import { loadDrafting } from '../scaffold/load-drafting.js';

/** The jobs that say which programs, rows and outbreak a project has. */
const MAPPING = path.join('jobs', 'people', 'map-people.js');
const UPSERT = path.join('jobs', 'tracked-entities-to-cases', 'upsert-cases.js');

/**
 * The rows that the programs of a project have and its mapping of people lacks, as lines to copy. It
 * is help beyond the check: a project without these jobs, or servers that cannot be read, offer
 * nothing.
 *
 * @param project folder of project.yaml
 * @param file path of the credentials file
 */
export async function findOffers(project: string, file: string | undefined): Promise<string[]> {
  const [mapping, upsert] = [MAPPING, UPSERT].map(name => path.join(project, name));
  if (file === undefined || !existsSync(mapping!) || !existsSync(upsert!)) return [];
  try {
    const { offerRows } = await loadDrafting();
    return await offerRows({
      credentials: readCredentials(file),
      mapping: readFileSync(mapping!, 'utf8'),
      upsert: readFileSync(upsert!, 'utf8'),
    });
  } catch {
    // The check has told already what the servers refuse.
    return [];
  }
}
