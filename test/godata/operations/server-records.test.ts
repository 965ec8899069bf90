import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import {
  getLocation,
  getOutbreak,
  getOwnAccount,
  getUser,
  listLocations,
  listOutbreaks,
  setActiveOutbreak,
  upsertLocation,
  upsertOutbreak,
} from '#godata/Adaptor.js';
import { LOCATIONS, OUTBREAK } from '../../support/outbreak.js';
import { type Servers, startServers } from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());

const state = (more: Partial<State> = {}): State => ({
  configuration: servers.credentials.godata,
  ...more,
});
const outbreak = (name: string) => ({
  name,
  startDate: '2026-01-01',
  longPeriodsBetweenCaseOnset: 20,
  periodOfFollowup: 14,
  frequencyOfFollowUp: 1,
  frequencyOfFollowUpPerDay: 1,
  noDaysAmongContacts: 14,
  noDaysInChains: 14,
  noDaysNotSeen: 3,
  noLessContacts: 5,
});

describe('outbreaks', () => {
  it('are listed and found', async () => {
    servers = await startServers();
    expect((await listOutbreaks()(state())).data).toMatchObject([{ id: OUTBREAK }]);
    const query = { where: { name: 'Demonstration outbreak' } };
    expect((await getOutbreak(query)(state())).data).toMatchObject([{ id: OUTBREAK }]);
    expect((await getOutbreak({ where: { name: 'None' } })(state())).data).toEqual([]);
  });

  it('are updated by id, and created once although the server assigns another id', async () => {
    servers = await startServers();
    await upsertOutbreak({ externalId: OUTBREAK, data: { description: 'changed' } })(state());
    const fresh = { externalId: 'our-own-id', data: outbreak('Cholera 2026') };
    const created = await upsertOutbreak(fresh)(state());
    const again = await upsertOutbreak({
      externalId: () => 'our-own-id',
      data: { ...outbreak('Cholera 2026'), description: 'again' },
    })(state());
    expect((again.data as State).id).toBe((created.data as State).id);
    // The server assigns the id of the new outbreak, which decides the order.
    const stored = servers.goData.store.outbreaks.list();
    expect(stored).toHaveLength(2);
    expect(stored.find(({ id }) => id === OUTBREAK)).toMatchObject({ description: 'changed' });
    expect(stored.find(({ name }) => name === 'Cholera 2026')).toMatchObject({
      description: 'again',
    });
  });
});

describe('locations', () => {
  it('are listed, found and upserted by name', async () => {
    servers = await startServers();
    expect((await listLocations()(state())).data).toHaveLength(LOCATIONS.length);
    const callback = (next: State) => ({ ...next, called: true });
    const acre = { name: 'Acre', active: true, populationDensity: 7 };
    expect(await upsertLocation('name', { data: acre }, callback)(state())).toMatchObject({
      called: true,
      data: { name: 'Acre', populationDensity: 7 },
    });
    await upsertLocation('name', { name: 'Elm', parentLocationId: LOCATIONS[0]!.id })(state());
    const { data } = await getLocation({ where: { name: 'Elm' } })(state());
    expect(data).toHaveLength(1);
    expect(servers.goData.store.locations.list()).toHaveLength(LOCATIONS.length + 1);
  });

  it('with the same name in several places are refused, and none is changed', async () => {
    servers = await startServers();
    servers.goData.store.locations.put({ id: 'twin', name: 'Acre', deleted: false });
    await expect(
      upsertLocation('name', { name: 'Acre', active: false })(state()),
    ).rejects.toMatchObject({ code: 'AMBIGUOUS_RECORD' });
    expect(servers.goData.store.locations.get('twin')).not.toHaveProperty('active', false);
  });
});

describe('accounts', () => {
  it('are found; the account of the job without its id', async () => {
    servers = await startServers();
    const found = await getUser({ where: { email: 'integration@example.org' } })(state());
    expect(found.data).toMatchObject([{ id: 'user-1' }]);
    const { data } = await getOwnAccount()(state());
    expect(data).toMatchObject({ id: 'user-1', email: 'integration@example.org' });
    expect(data).not.toHaveProperty('availablePermissions');
  });

  it('get the active outbreak that a job sets, and keep it', async () => {
    servers = await startServers();
    await setActiveOutbreak(OUTBREAK)(state());
    expect(servers.goData.store.users.get('user-1')).toMatchObject({ activeOutbreakId: OUTBREAK });
    await setActiveOutbreak(null)(state());
    expect(servers.goData.store.users.get('user-1')).toMatchObject({ activeOutbreakId: null });
  });
});
