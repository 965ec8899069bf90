import type { GoDataApp, GoDataContext } from '../context.js';
import { ApiError } from '../errors.js';

/** Whether the server is up, and its version. */
export function addSystemRoutes(app: GoDataApp, context: GoDataContext): void {
  const started = context.now();

  // r001: outside of /api, and public.
  app.get('/status', c => {
    const uptime = (context.now().getTime() - started.getTime()) / 1000;
    return c.json({ started: started.toISOString(), uptime });
  });

  app.get('/api/system-settings/version', c => {
    const { versionNeedsApiKey, version } = context.dialect;
    if (versionNeedsApiKey && c.req.header('api-key') !== context.apiKey) {
      // r025: a 401 without a code, whatever the token.
      throw new ApiError(401, 'Unauthorized: Invalid API Key');
    }
    return c.json({ platform: 'WEB', type: 'LIVE', version });
  });
}
