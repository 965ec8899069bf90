import { parseJson } from '../http/json-object.js';
import { answerWebMessage, Refusal, sandboxRefusal } from '../http/web-message.js';
import type { Ref } from '../metadata/object-types.js';
import { randomUid } from '../metadata/uid.js';
import { readPatch } from '../metadata/write/json-patch.js';
import { objectReport } from '../metadata/write/object-report.js';
import { refuseOtherType } from '../metadata/write/read-request.js';
import type { Api, ServerContext } from '../server-context.js';
import { hasAuthority } from './access.js';
import { createTokenKey } from './tokens.js';
import type { SeedToken, SeedUser } from './types.js';

const USER_CLASS = 'org.hisp.dhis.user.User';
const TOKEN_CLASS = 'org.hisp.dhis.security.apikey.ApiToken';

/** Properties of a user that a patch changes here. */
const PATCHED = [
  ...['disabled', 'accountExpiry', 'organisationUnits'],
  ...['dataViewOrganisationUnits', 'teiSearchOrganisationUnits'],
];

interface TokenDraft {
  attributes?: { type: string; allowedMethods?: string[] }[];
  expire?: number;
}

/**
 * Routes that change accounts and create tokens, to the extent that recordings 004, 011 and 021 to
 * 026 show them.
 */
export function addAccountRoutes(api: Api, { store }: ServerContext): void {
  api.post('/apiToken', async c => {
    const { attributes = [], expire } = parseJson(await c.req.text()) as TokenDraft;
    const unknown = attributes.find(({ type }) => type !== 'MethodAllowedList');
    if (unknown) throw sandboxRefusal(400, `a token with ${unknown.type}`);
    const methods = attributes.flatMap(({ allowedMethods = [] }) => allowedMethods);
    const token: SeedToken = {
      key: createTokenKey(),
      ...(methods.length > 0 ? { methods } : {}),
      ...(expire === undefined ? {} : { expires: new Date(expire).toISOString() }),
    };
    const user = c.get('user');
    store.changeUser(user.id, { tokens: [...(user.tokens ?? []), token] });
    const uid = randomUid();
    c.header('Location', `${c.req.url.replace(/\?.*$/, '')}/${uid}`);
    const response = { ...objectReport(uid, TOKEN_CLASS), key: token.key };
    return answerWebMessage(c, 201, { response });
  });

  api.patch('/users/:id', async c => {
    const id = c.req.param('id');
    if (!store.users.some(one => one.id === id)) {
      const message = `User with id ${id} could not be found.`;
      throw new Refusal(404, { message, errorCode: 'E1005' });
    }
    if (!hasAuthority(c.get('user'), 'F_USER_ADD')) {
      const message = "You don't have the proper permissions to update this object.";
      throw new Refusal(403, { message, errorCode: 'E1006' });
    }
    refuseOtherType(c, 'application/json-patch+json');
    const { values, removed } = readPatch(parseJson(await c.req.text()), () => true);
    const unknown = [...Object.keys(values), ...removed].find(name => !PATCHED.includes(name));
    if (unknown !== undefined) throw sandboxRefusal(400, `a patch of the ${unknown} of a user`);
    store.changeUser(id, toChanges(values, removed));
    return answerWebMessage(c, 200, { response: objectReport(id, USER_CLASS) });
  });

  function toChanges(values: Record<string, unknown>, removed: string[]): Partial<SeedUser> {
    const { disabled, accountExpiry, organisationUnits, teiSearchOrganisationUnits } = values;
    const expiry = accountExpiry === undefined ? undefined : String(accountExpiry);
    return {
      ...(disabled === undefined ? {} : { disabled: disabled === true }),
      ...(expiry === undefined ? {} : { accountExpiry: new Date(expiry).toISOString() }),
      ...(organisationUnits ? { organisationUnits: organisationUnits as Ref[] } : {}),
      ...(teiSearchOrganisationUnits
        ? { teiSearchOrganisationUnits: teiSearchOrganisationUnits as Ref[] }
        : {}),
      ...(removed.includes('accountExpiry') ? { accountExpiry: undefined } : {}),
      ...(removed.includes('disabled') ? { disabled: false } : {}),
    } as Partial<SeedUser>;
  }
}
