import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import { type Query, type Rest, resolveId } from './arguments.js';
import { clientOf } from './client-of.js';
import { readRecords } from './record-operations.js';

/**
 * Reads the accounts of the server, or those that match a query.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {UserRecord[]} data - The accounts
 * @example
 * listUsers({ fields: ['email', 'activeOutbreakId'] });
 */
export function listUsers(...rest: Rest): Operation {
  return readRecords(({ server }) => server.users, rest);
}

/**
 * Reads the accounts that match a query.
 *
 * @public
 * @function
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {UserRecord[]} data - The accounts: always a list
 * @example
 * getUser({ where: { email: 'integration@example.org' } });
 */
export function getUser(query: Query, ...rest: Rest): Operation {
  return readRecords(({ server }) => server.users, rest, query);
}

/**
 * Reads the account that the job uses.
 *
 * @public
 * @function
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {UserRecord} data - The account
 * @example
 * getOwnAccount();
 */
export function getOwnAccount(callback?: Callback): Operation {
  return async state => passOn(state, await clientOf(state).account(), callback);
}

/**
 * Makes an outbreak the account's active one. Operations that write do not need it: they change the
 * active outbreak for the write and restore it. But many writes to one outbreak are faster after
 * this call.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id, or null for no outbreak
 * @returns {Operation}
 * @example
 * setActiveOutbreak('3b5554d7-2c19-41d0-b9af-475ad25a382b');
 */
export function setActiveOutbreak(outbreakId: Resolvable<string> | null): Operation {
  return async state => {
    const id = outbreakId === null ? null : resolveId('outbreak id', outbreakId, state);
    await clientOf(state).setActiveOutbreak(id);
    return state;
  };
}

/**
 * Reads the languages of the server.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {LanguageRecord[]} data - The languages
 * @example
 * listLanguages({ fields: ['name'] });
 */
export function listLanguages(...rest: Rest): Operation {
  return readRecords(({ server }) => server.languages, rest);
}

/**
 * Reads labels in one language, for some tokens or for all. The ids of reference data are such
 * tokens.
 *
 * @public
 * @function
 * @param {string} languageId - `english_us`, `french_fr`...
 * @param {string[]} [tokens] - Tokens
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {LanguageToken[]} data - `{ token, translation }`
 * @example
 * listLanguageTokens('english_us', ['LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE']);
 */
export function listLanguageTokens(
  languageId: Resolvable<string>,
  tokens?: Resolvable<string[]>,
  callback?: Callback,
): Operation {
  return async state => {
    const id = resolveId('language id', languageId, state);
    const wanted = tokens && resolveNested<string[], typeof state>(tokens, state);
    return passOn(state, await clientOf(state).languageTokens(id, wanted), callback);
  };
}
