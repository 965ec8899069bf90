import { gunzipSync } from 'node:zlib';
import { isSuperuser } from '../../accounts/access.js';
import { JsonObject } from '../../http/json-object.js';
import { isRealResource } from '../../http/real-resources.js';
import { answerWebMessage, sandboxRefusal } from '../../http/web-message.js';
import type { Api, ServerContext } from '../../server-context.js';
import { readImportOptions } from './import-options.js';
import { importOrgUnits } from './import-org-units.js';
import { SEE_REPORT } from './object-report.js';
import { readMetadataJson } from './read-request.js';

const NOTHING = { created: 0, updated: 0, deleted: 0, ignored: 0, total: 0 };

/**
 * `POST /api/metadata`: org units in bulk (recordings 100 to 109). Kinds that no server has are
 * ignored, as there; kinds that the sandbox does not write are refused.
 */
export function addMetadataImportRoute(api: Api, { store, dialect }: ServerContext): void {
  api.post('/metadata', async c => {
    if (!isSuperuser(c.get('user'))) {
      throw sandboxRefusal(501, 'a metadata import by a user who is not a superuser');
    }
    const options = readImportOptions(c.req.queries());
    const rules = { time: store.time, readsUids: false };
    const sent = Buffer.from(await c.req.arrayBuffer());
    // The server recognises gzip by its first bytes (dhis2 LIVE 237).
    const text = (sent[0] === 0x1f && sent[1] === 0x8b ? gunzipSync(sent) : sent).toString('utf8');
    const json = readMetadataJson(text);
    if (Array.isArray(json)) return answer([]);
    const payload = new JsonObject(json, '', rules);
    const unknown = payload.names.find(
      name =>
        name !== 'organisationUnits' && isRealResource(name) && payload.objects(name).length > 0,
    );
    if (unknown !== undefined) throw sandboxRefusal(501, `a metadata import of ${unknown}`);
    const units = payload.objects('organisationUnits');
    return answer(units.length > 0 ? [importOrgUnits(store, dialect, units, options)] : []);

    function answer(outcomes: ReturnType<typeof importOrgUnits>[]) {
      const isWrong = outcomes.some(one => one.isWrong);
      const stats = outcomes[0]?.counts ?? NOTHING;
      const isPartly = stats.created + stats.updated > 0 || options.atomicMode === 'NONE';
      const response = {
        responseType: 'ImportReport',
        status: isWrong ? (isPartly ? 'WARNING' : 'ERROR') : 'OK',
        stats,
        typeReports: outcomes.map(({ report }) => report),
      };
      return isWrong
        ? answerWebMessage(c, 409, { status: 'WARNING', message: SEE_REPORT, response })
        : answerWebMessage(c, 200, { response });
    }
  });
}
