import { answerWebMessage, Refusal, sandboxRefusal } from '../http/web-message.js';
import type { Api, ApiContext, ServerContext } from '../server-context.js';
import { Access } from './access.js';
import { type RenamedParam, readParams, type TrackerParams } from './read/params.js';
import { notFound, programOf } from './read/select/selection.js';

const ORG_UNIT: RenamedParam = { name: 'orgUnit', since: 42, old: 'ou', until: 42 };

/** Transfers of tracked entities between org units, and breaking the glass (recordings 327 to 332). */
export function addOwnershipRoutes(api: Api, context: ServerContext): void {
  const { store, dialect } = context;

  api.put('/tracker/ownership/transfer', c => {
    const known = ['trackedEntity', 'program', ORG_UNIT];
    const params = readParams(c, context, 'ownership/transfer', known);
    const { trackedEntity, program } = findOwned(c, context, params);
    const access = new Access(store, c.get('user'));
    if (!access.canSeeIn(program, trackedEntity)) throw notFound('trackedEntities', trackedEntity);
    const orgUnit = params.uid(ORG_UNIT) ?? '';
    const refused = dialect.minor >= 43 ? 'Tracked entity not transferred. ' : '';
    if (store.metadata.get('organisationUnits', orgUnit)) {
      const isThere = store.metadata
        .get('programs', program)!
        .organisationUnits.some(({ id }) => id === orgUnit);
      if (!isThere) {
        throw params.forbidden(
          `${refused}The program ${program} is not associated to the org unit ${orgUnit}`,
        );
      }
      store.tracker.owners.transfer({ trackedEntity, program, orgUnit });
    } else if (refused !== '') {
      const message = `${refused}Org unit supplied does not exist.`;
      throw new Refusal(404, { message, errorCode: 'E1005' });
    }
    // Up to 2.42 the answer confirms a transfer to an org unit that does not exist, and nothing
    // changes (LIVE 231).
    return answerWebMessage(c, 200, { message: 'Ownership transferred' });
  });

  api.post('/tracker/ownership/override', c => {
    const known = ['trackedEntity', 'program', 'reason'];
    const params = readParams(c, context, 'ownership/override', known);
    const { trackedEntity, program } = findOwned(c, context, params);
    if (store.metadata.get('programs', program)!.accessLevel !== 'PROTECTED') {
      throw sandboxRefusal(501, 'breaking the glass of a program that is not protected');
    }
    store.tracker.owners.grant(c.get('user').username, trackedEntity, program);
    return answerWebMessage(c, 200, { message: 'Temporary Ownership granted' });
  });
}

/** @throws Refusal when the request does not name an existing tracked entity and program */
function findOwned(
  c: ApiContext,
  context: ServerContext,
  params: TrackerParams,
): { trackedEntity: string; program: string } {
  const trackedEntity = params.uid('trackedEntity');
  const program = programOf(context, c.get('user'), params);
  if (trackedEntity === undefined || program === undefined) {
    throw sandboxRefusal(501, 'ownership without a tracked entity or a program');
  }
  const one = context.store.tracker.get('trackedEntities', trackedEntity);
  if (!one || one.deleted) throw notFound('trackedEntities', trackedEntity);
  return { trackedEntity, program };
}
