import { fetchOptions } from '#dhis2/Adaptor.js';
import { mapReferenceData, upsertReferenceItems } from '#godata/Adaptor.js';
import type {
  MapReferenceDataOptions,
  OptionSetMapping,
} from '#godata/reference-data/map/options.js';
import { demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { type GoDataRecord, type GoDataSeed, startGoData } from '#sandbox/godata/index.js';
import { type BothServers, joinServers } from './both-servers.js';

export const VACCINE = 'LNG_REFERENCE_DATA_CATEGORY_VACCINE';

/** Code and name of an option; its id is computed from the given number. */
export type OptionText = [number: number, code: string, name: string];

const idOf = (prefix: string, n: number) =>
  `${prefix}${String(n).padStart(11 - prefix.length, '0')}`;

/** An option set as DHIS2 stores it. */
export function anOptionSet(name: string, options: OptionText[], n = 1) {
  return {
    id: idOf('Set', n),
    code: `SET_${n}`,
    name,
    options: options.map(([number, code, text]) => ({ id: idOf('Opt', number), code, name: text })),
  };
}

/** An item of reference data with its label, as users create it. */
export function anItem(
  label: string,
  rest: Partial<GoDataRecord> & { id?: string; categoryId?: string; languageId?: string } = {},
): Required<Pick<GoDataSeed, 'referenceData' | 'languageTokens'>> {
  const { languageId = 'english_us', categoryId = VACCINE, ...fields } = rest;
  const id = fields.id ?? `${categoryId}_${label.toUpperCase().replaceAll(' ', '_')}`;
  const description = fields.description as string | undefined;
  const texts = { [id]: label, ...(description ? { [`${id}_DESCRIPTION`]: description } : {}) };
  return {
    referenceData: [
      {
        active: true,
        readOnly: false,
        ...fields,
        ...(description ? { description: `${id}_DESCRIPTION` } : {}),
        id,
        categoryId,
        value: id,
      },
    ],
    languageTokens: Object.entries(texts).map(([token, translation]) => ({
      ...{ id: `${token}_${languageId}`, token, languageId, translation },
    })),
  };
}

/** Starts both servers with only option sets and reference data. */
export async function startOptionServers({
  sets,
  items = [],
  languages = ['english_us'],
  language = 'english_us',
  versions = {},
  permissions,
}: {
  sets: ReturnType<typeof anOptionSet>[];
  items?: ReturnType<typeof anItem>[];
  languages?: string[];
  language?: string;
  versions?: { dhis2?: string; godata?: string };
  permissions?: string[];
}): Promise<BothServers> {
  const account = { email: 'integration@example.org', password: 'Integration-1!' };
  const user = { id: 'user-1', ...account, languageId: language };
  const goData = await startGoData({
    seed: {
      users: [{ ...user, ...(permissions ? { permissions } : {}) }],
      languages: languages.map(id => ({ id, name: id })),
      referenceData: items.flatMap(({ referenceData }) => referenceData),
      languageTokens: items.flatMap(({ languageTokens }) => languageTokens),
    },
    version: versions.godata ?? '2.50.3',
  });
  const dhis2 = await startDhis2({
    seed: { ...demoMetadata([{ id: 'CountryOu01', name: 'Country' }]), optionSets: sets },
    version: versions.dhis2 ?? '2.42',
  });
  return joinServers(goData, dhis2, account);
}

/** Inputs of a run; a test names only what differs. */
export interface OptionRun {
  optionSets?: string[];
  mappings?: OptionSetMapping[];
  map?: MapReferenceDataOptions;
  state?: Record<string, unknown>;
}

/** Runs the three operations in sequence, as a workflow would. */
export async function runOptionOperations(
  { credentials }: BothServers,
  { mappings = [{ optionSet: 'Vaccine types', category: 'VACCINE' }], ...run }: OptionRun = {},
) {
  const optionSets = run.optionSets ?? mappings.map(({ optionSet }) => optionSet);
  const fetched = await fetchOptions({ optionSets })({
    configuration: credentials.dhis2,
    ...run.state,
  });
  const mapped = mapReferenceData(mappings, run.map)(throughJson(fetched));
  return upsertReferenceItems()({ ...throughJson(mapped), configuration: credentials.godata });
}

/** The visible fields of an item, its texts in one language. */
export interface SeenItem {
  id: string;
  label: string;
  code: unknown;
  order: unknown;
  active: boolean;
  description: string;
}

/** The items of a category. */
export function seenItems(
  { goData: { store } }: BothServers,
  categoryId = VACCINE,
  languageId = 'english_us',
): SeenItem[] {
  const textOf = (token: unknown) =>
    String(store.languageTokens.get(`${token}_${languageId}`)?.translation ?? '');
  return store.referenceData
    .list()
    .filter(item => item.categoryId === categoryId)
    .map(({ id, value, code, order, active, description }) => ({
      id,
      label: textOf(value),
      code,
      order,
      active: active !== false,
      description: textOf(description),
    }));
}

/** Labels by code, of the items that are offered. */
export function labelsByCode(servers: BothServers, categoryId = VACCINE): Record<string, string> {
  return Object.fromEntries(
    seenItems(servers, categoryId)
      .filter(({ active }) => active)
      .map(({ code, label }) => [String(code), label]),
  );
}

/** States travel between steps as JSON. */
function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}
