import type { GoDataRecord, GoDataSeed, JsonObject } from '#sandbox/godata/index.js';

export const INTEROP = 'eac18072-9a63-49a4-afa9-41749e3884d7';
export const LIMITED = '13041fc4-d0ba-4bf0-aecd-5705ce0e21ef';
export const OUTBREAK = 'c2332f96-0155-43e0-8e66-2959292d84cb';

const GENDER = 'LNG_REFERENCE_DATA_CATEGORY_GENDER';
const OUTCOME = 'LNG_REFERENCE_DATA_CATEGORY_OUTCOME';

const LANGUAGES = [
  { id: 'arabic', name: 'عربى' },
  { id: 'english_us', name: 'English' },
  { id: 'french_fr', name: 'Français' },
  { id: 'portuguese_pt', name: 'Português' },
  { id: 'russian_ru', name: 'Pусский' },
  { id: 'spanish_es', name: 'Español' },
];

/** The data of the recorded server when its session began, as far as the sandbox serves it. */
export function replaySeed(roleIds: unknown): GoDataSeed {
  return {
    users: [
      {
        id: 'sys_admin',
        email: 'admin@who.int',
        password: 'admin',
        firstName: 'System',
        lastName: 'Administrator',
      },
      {
        id: INTEROP,
        email: 'interop@example.org',
        password: 'interop-password-1',
        firstName: 'Inter',
        lastName: 'Op',
        roleIds: roleIds,
        languageId: 'english_us',
        passwordChange: true,
        disregardGeographicRestrictions: false,
        dontCacheFilters: false,
        createdAt: '2026-11-23T07:34:24.749Z',
        createdBy: 'sys_admin',
        updatedAt: '2026-11-23T07:34:24.749Z',
        updatedBy: 'sys_admin',
        dbUpdatedAt: '2026-11-23T07:34:24.749Z',
        createdOn: 'API',
      },
      { id: 'lock', email: 'lock@example.org', password: 'lock-password-1' },
      {
        id: LIMITED,
        email: 'limited@example.org',
        password: 'limited-password-1',
        permissions: [
          ...['outbreak_all', 'case_list', 'case_view', 'follow_up_list'],
          'user_modify_own_account',
        ],
      },
    ],
    languages: LANGUAGES,
    languageTokens: [label(`${GENDER}_FEMALE`, 'Female')],
    referenceData: ['ALIVE', 'DECEASED', 'RECOVERED'].map(name => referenceItem(OUTCOME, name)),
  };
}

function label(token: string, translation: string): GoDataRecord {
  return { id: `${token}_english_us`, token, languageId: 'english_us', translation };
}

/** A default item of reference data. */
function referenceItem(categoryId: string, name: string): GoDataRecord {
  const id = `${categoryId}_${name}`;
  return {
    id,
    categoryId,
    value: id,
    description: `${id}_DESCRIPTION`,
    readOnly: true,
    active: true,
    isDefaultReferenceData: true,
    createdAt: '2018-01-01T01:00:00.000Z',
    createdBy: 'system',
    updatedAt: '2018-01-01T01:00:00.000Z',
    updatedBy: 'system',
    dbUpdatedAt: '2026-11-23T07:33:24.671Z',
    createdOn: 'API',
  };
}

/** The uploaded files, reconstructed from their answers: multipart bodies were not recorded. */
export function importOf(number: number): FormData {
  const country = (name: string, more: JsonObject = {}) => ({
    id: 'IMP-1',
    name,
    synonyms: [],
    identifiers: [{ code: 'X1', description: 'ext' }],
    geographicalLevelId: 'LNG_REFERENCE_DATA_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_0',
    geoLocation: { lat: 1, lng: 2 },
    ...more,
  });
  const region = { location: { id: 'IMP-2', name: 'Region' }, children: [] };
  const without = { location: { name: 'Region without id' }, children: [] };
  const tree = (location: JsonObject, ...children: unknown[]) =>
    JSON.stringify([{ location, children }]);
  const files: Readonly<Record<number, string>> = {
    79: tree(country('Imported Country'), region, without),
    80: tree(country('Imported Country'), region, without),
    81: tree(country('Imported Country Renamed'), region),
    82: tree(country('Older', { updatedAt: '2020-01-01T00:00:00.000Z' }), region),
    84: JSON.stringify([
      { location: { name: 'Dup', id: '6ac00931-e908-4073-939c-7727f7781ecb' } },
      { location: { name: 'dup', id: '80914bf3-c57d-48a7-bffe-69c1ecacabc5' } },
    ]),
    85: '{}',
    86: 'not json',
  };
  const form = new FormData();
  const file = files[number];
  if (file === undefined) form.set('other', 'field');
  else form.set('file', new File([file], 'locations.json', { type: 'application/json' }));
  return form;
}
