import type {
  FetchedOptionBatch,
  Option,
  OptionSet,
} from '#common/handover/fetched-option-batch.js';
import { IntegrationError } from '#common/reporting/errors.js';
import type { StepReport } from '#common/reporting/report.js';
import type { Dhis2Client } from '../client/client.js';
import type { Named } from '../client/metadata/metadata.js';
import { chooseSets } from './choose-sets.js';

const FIELDS = 'id,code,name,options[id,code,name,displayName,sortOrder]';

/** Ids in one address: 12 characters each, far below the 8 KB that proxies accept. */
const MAX_IDS = 400;

interface RawOption {
  id: string;
  code?: string | null;
  name?: string | null;
  displayName?: string | null;
  sortOrder?: number | null;
}

interface RawOptionSet extends Named {
  name: string;
  options?: (RawOption | null)[];
}

/**
 * Reads option sets with their options, in two requests: first the list of all option sets, because
 * their names may hold characters that a filter treats as its own; then those that the job names.
 *
 * @param words names, codes or ids
 * @throws IntegrationError `UNKNOWN_OPTION_SET` (configuration) or `READ_INCOMPLETE`
 */
export async function fetchSets(
  client: Dhis2Client,
  words: readonly string[],
): Promise<{ batch: FetchedOptionBatch; report: StepReport }> {
  const known = await client.list<Named>('/optionSets', { fields: 'id,code,name' });
  const optionSets = await readSets(client, chooseSets(words, known));
  const read = optionSets.reduce((sum, { options }) => sum + options.length, 0);
  return { batch: { optionSets }, report: { read, ...client.usage } };
}

async function readSets(client: Dhis2Client, ids: readonly string[]): Promise<OptionSet[]> {
  const found = new Map<string, RawOptionSet>();
  for (let from = 0; from < ids.length; from += MAX_IDS) {
    const optionSets = await client.list<RawOptionSet>('/optionSets', {
      filter: `id:in:[${ids.slice(from, from + MAX_IDS).join(',')}]`,
      fields: FIELDS,
    });
    for (const set of optionSets) found.set(set.id, set);
  }
  return ids.map(id => {
    const set = found.get(id);
    if (!set) throw incomplete(id);
    return toOptionSet(set);
  });
}

function toOptionSet({ id, code, name, options = [] }: RawOptionSet): OptionSet {
  return {
    id,
    ...(code ? { code } : {}),
    name,
    options: options.flatMap((option, index) => (option ? [toOption(option, index + 1)] : [])),
  };
}

/** @param place its index in the list: a list with a gap in its order has empty places */
function toOption({ id, code, name, displayName, sortOrder }: RawOption, place: number): Option {
  return {
    id,
    ...(code ? { code } : {}),
    name: name ?? '',
    ...(displayName && displayName !== name ? { displayName } : {}),
    sortOrder: sortOrder ?? place,
  };
}

function incomplete(id: string) {
  return new IntegrationError({
    code: 'READ_INCOMPLETE',
    message: `DHIS2 listed the option set ${id}, but did not return it.`,
    fix: 'Run again: somebody may have deleted it in the meantime.',
  });
}
