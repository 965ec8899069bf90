import { gunzipSync } from 'node:zlib';
import type { GoDataRequest } from './context.js';
import type { GoDataCost, Work } from './cost.js';
import { readBody } from './read-body.js';
import type { JsonObject } from './types.js';

/** The work of a request that was handled. */
export async function workOf(c: GoDataRequest, cost: GoDataCost): Promise<Work> {
  const { request = 0, read = 0, visualId = 0 } = cost;
  if (c.req.method === 'GET') return { request, read: read * (await countRows(c.res)) };
  const kinds = kindsOf(c.req.method, c.req.path.replace(/^\/api\/outbreaks\/[^/]+/, ''));
  if (kinds.length === 0) return { request };
  const body = await readBody(c).catch(() => ({}));
  const records = Array.isArray(body) ? body : [body];
  const numbered = records.filter(one => ((one.contact as JsonObject | undefined) ?? one).visualId);
  return {
    request,
    ...Object.fromEntries(kinds.map(kind => [kind, (cost[kind] ?? 0) * records.length])),
    visualId: visualId * numbered.length,
  };
}

/** What is done for each record of a body, by the path below the outbreak. */
function kindsOf(method: string, path: string): (keyof GoDataCost)[] {
  if (method === 'PUT' || method === 'PATCH') return ['update'];
  if (method !== 'POST') return [];
  if (/^\/(cases|events)$/.test(path)) return ['case'];
  if (/^\/contacts(-of-contacts)?$/.test(path)) return ['contact'];
  const [, list] = /^\/[^/]+\/[^/]+\/([^/]+)$/.exec(path) ?? [];
  if (list === 'contacts' || list === 'contacts-of-contacts') return ['contact', 'relationship'];
  if (list === 'relationships') return ['relationship'];
  return list === 'lab-results' ? ['labResult'] : [];
}

async function countRows(answer: Response): Promise<number> {
  if (!/json/.test(answer.headers.get('content-type') ?? '')) return 0;
  const bytes = Buffer.from(await answer.clone().arrayBuffer());
  const isGzip = answer.headers.get('content-encoding') === 'gzip';
  const body: unknown = JSON.parse(String(isGzip ? gunzipSync(bytes) : bytes));
  return Array.isArray(body) ? body.length : 1;
}
