import { type Credentials, type Json, send } from './send.js';

const PROGRAM = 'uYjxkTbwRNf';
const SURNAME = 'ENRjVGxVL6l';

/** A user who works in DHIS2. */
export interface Dhis2 {
  ids(): Promise<string[]>;
  rename(id: string, surname: string): Promise<void>;
}

/** Logs a user in. */
export function workInDhis2({ hostUrl, username, password }: Credentials['dhis2']): Dhis2 {
  const Authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const call = (path: string, body?: Json) =>
    send(`${hostUrl}/api/${path}`, body ? 'POST' : 'GET', { Authorization }, body);
  const list = async (query: string) => {
    const answer = await call(`tracker/trackedEntities?program=${PROGRAM}&${query}`);
    return (answer.trackedEntities ?? answer.instances) as Json[];
  };
  const isOld = async () => {
    const { version } = await call('system/info');
    return Number(String(version).split('.')[1]) < 41;
  };
  return {
    async ids() {
      const me = await call('me?fields=organisationUnits[id]');
      const [root] = me.organisationUnits as { id: string }[];
      const scope = (await isOld())
        ? `orgUnit=${root!.id}&ouMode=DESCENDANTS`
        : `orgUnits=${root!.id}&orgUnitMode=DESCENDANTS`;
      const rows = await list(
        `${scope}&fields=trackedEntity&order=createdAt:asc&page=1&pageSize=50`,
      );
      return rows.map(({ trackedEntity }) => String(trackedEntity)).sort();
    },
    async rename(id, surname) {
      const path = `tracker/trackedEntities/${id}?program=${PROGRAM}&fields=*`;
      const { trackedEntity, trackedEntityType, orgUnit, attributes } = await call(path);
      const others = (attributes as Json[]).filter(({ attribute }) => attribute !== SURNAME);
      const renamed = [...others, { attribute: SURNAME, value: surname }];
      await call('tracker?async=false&importStrategy=UPDATE', {
        trackedEntities: [{ trackedEntity, trackedEntityType, orgUnit, attributes: renamed }],
      });
    },
  };
}
