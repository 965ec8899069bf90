import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import type { World, WorldObject } from './recordings.js';

/**
 * Parts of the world that a seed does not have: accounts have their authorities directly there, and
 * objects that everybody may read and write need no sharing.
 */
const LEFT_OUT = { collections: ['userRoles'], properties: ['sharing'] };

/** Objects that every server has from the start. */
const BUILT_IN: World = {
  categoryOptions: [{ id: 'xYerKDKCefk', code: 'default', name: 'default' }],
  categories: [
    {
      ...{ id: 'GLevLNI9wkl', code: 'default', name: 'default' },
      categoryOptions: [{ id: 'xYerKDKCefk' }],
    },
  ],
  categoryCombos: [
    {
      ...{ id: 'bjDvmb4bfuf', code: 'default', name: 'default' },
      categories: [{ id: 'GLevLNI9wkl' }],
      dataDimensionType: 'DISAGGREGATION',
    },
  ],
  categoryOptionCombos: [
    {
      ...{ id: 'HllvX50cXC0', code: 'default', name: 'default' },
      categoryCombo: { id: 'bjDvmb4bfuf' },
      categoryOptions: [{ id: 'xYerKDKCefk' }],
    },
  ],
};

/** The account that every server has from the start, after pair 004 has assigned it the country. */
const ADMIN = {
  ...{ id: 'M5zQapPyTZI', username: 'admin', password: 'district' },
  ...{ firstName: 'admin', surname: 'admin', authorities: ['ALL'] },
  userRoles: [{ id: 'yrB6vc5Ip3r', name: 'Superuser' }],
  organisationUnits: [{ id: 'OuCountry01' }],
  teiSearchOrganisationUnits: [{ id: 'OuCountry01' }],
};

/** When the recorded server imported the world. */
const MADE = '2026-11-28T22:55:38.000';

/**
 * The recorded world as a seed of the sandbox, in the state of a server after pairs 002 to 004.
 *
 * @param world content of `world.json`
 */
export function worldToSeed(world: World): Dhis2Seed {
  const names = new Set([...Object.keys(BUILT_IN), ...Object.keys(world)]);
  const seed: Record<string, unknown> = {};
  for (const name of names) {
    if (LEFT_OUT.collections.includes(name)) continue;
    const objects = [...(BUILT_IN[name] ?? []), ...(world[name] ?? [])];
    seed[name] = objects.map(toSeedObject(name));
  }
  return { ...seed, users: [ADMIN, ...toUsers(world)] } as unknown as Dhis2Seed;
}

function toSeedObject(collection: string) {
  return (object: WorldObject): unknown => {
    const kept = Object.entries(object).filter(([key]) => !LEFT_OUT.properties.includes(key));
    const copy = Object.fromEntries(kept);
    Object.assign(copy, { created: MADE, lastUpdated: MADE });
    // Options refer to their set in the seed; data elements say whether they store a zero.
    if (collection === 'optionSets') delete copy.options;
    // An import numbers options again, from 0 (pair 034).
    if (collection === 'options') copy.sortOrder = Number(object.sortOrder) - 1;
    if (collection === 'programs') delete copy.programStages;
    if (collection === 'dataElements') copy.zeroIsSignificant = object.zeroIsSignificant === true;
    if (collection === 'dataSets') {
      const elements = object.dataSetElements as { dataElement: unknown }[];
      copy.dataSetElements = elements.map(({ dataElement }) => ({ dataElement }));
    }
    return copy;
  };
}

/**
 * Accounts have the authorities of their roles; their search scope is their capture scope by
 * default.
 */
function toUsers({ users = [], userRoles = [] }: World): unknown[] {
  const roles = new Map(userRoles.map(({ id, authorities }) => [id, authorities as string[]]));
  return users.map(user => {
    const ofUser = (user.userRoles as { id: string }[]).flatMap(({ id }) => roles.get(id) ?? []);
    const search = user.teiSearchOrganisationUnits as unknown[];
    return {
      ...{ id: user.id, username: user.username, password: user.password },
      ...{ firstName: user.firstName, surname: user.surname },
      ...{ authorities: ofUser, organisationUnits: user.organisationUnits },
      teiSearchOrganisationUnits: search.length > 0 ? search : user.organisationUnits,
    };
  });
}
