import { isSuperuser } from '../accounts/access.js';
import { Query } from '../http/query.js';
import { sandboxRefusal } from '../http/web-message.js';
import { parseFields } from '../metadata/read/fields.js';
import { createProjection } from '../metadata/read/project.js';
import type { Json } from '../metadata/read/read-property.js';
import { randomUid } from '../metadata/uid.js';
import type { Api, ServerContext } from '../server-context.js';
import { describePeriodTypes } from './period-types.js';

/** Routes about the server itself and the user (dhis2 FACTS §5). */
export function addSystemRoutes(api: Api, context: ServerContext, contextPath: string): void {
  const { store, dialect } = context;

  api.get('/system/ping', c => c.text('pong'));

  api.get('/system/info', c => {
    const { calendar, serverTimeZoneId, systemId } = store.systemInfo;
    return c.json({
      contextPath: `${new URL(c.req.url).origin}${contextPath}`,
      userAgent: c.req.header('user-agent') ?? '',
      calendar,
      dateFormat: 'yyyy-mm-dd',
      serverDate: store.time.now(),
      serverTimeZoneId,
      version: dialect.version,
      revision: '0000000',
      ...(dialect.tellsSystemId ? { systemId } : {}),
      systemName: 'DHIS2 sandbox',
      // Only superusers see these.
      ...(isSuperuser(c.get('user')) ? { osName: 'Linux', environmentVariable: 'DHIS2_HOME' } : {}),
    });
  });

  // Recording 027.
  api.get('/systemSettings', c => {
    const query = new Query(c.req.queries(), ['key'], 'GET /api/systemSettings');
    const settings: Record<string, unknown> = {
      keyCalendar: store.systemInfo.calendar,
      keyDateFormat: 'yyyy-MM-dd',
      ...store.systemSettings,
    };
    const keys = query.list('key');
    const unknown = keys.find(key => !(key in settings));
    if (unknown !== undefined) throw sandboxRefusal(501, `the system setting ${unknown}`);
    const asked = keys.length > 0 ? keys : Object.keys(settings);
    return c.json(Object.fromEntries(asked.map(key => [key, settings[key]])));
  });

  api.get('/system/id', c => {
    const query = new Query(c.req.queries(), ['limit'], 'GET /api/system/id');
    // The most that one request creates (dhis2 FACTS §4.1).
    const count = Math.min(query.count('limit', 1), 10_000);
    return c.json({ codes: Array.from({ length: count }, randomUid) });
  });

  api.get('/me', c => {
    const query = new Query(c.req.queries(), ['fields'], 'GET /api/me');
    const { password: _password, tokens: _tokens, ...user } = c.get('user');
    const project = createProjection('users', parseFields(query.all('fields').join(',') || '*'));
    const reader = { store, user: c.get('user') };
    return c.json(project(reader, user as unknown as Json));
  });

  api.get('/periodTypes', c => {
    return c.json({ periodTypes: describePeriodTypes(dialect) });
  });
}
