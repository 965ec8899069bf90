import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import type { OutbreakWriter } from './outbreak-writer.js';
import type { Session } from './session.js';

/** How a client reaches its server. */
export interface Connection {
  session: Session;
  writer: OutbreakWriter;
}

/** Values for the placeholders of a path. `outbreakId` names the outbreak of the records. */
export type PathParams = Record<string, string>;

/**
 * Sends a request that writes. When its path has an outbreak, it goes through the writer for
 * outbreaks.
 */
export function sendWrite(
  { session, writer }: Connection,
  request: ApiRequest,
): Promise<ApiAnswer> {
  const outbreakId = request.params?.outbreakId;
  return outbreakId === undefined ? session.send(request) : writer.send(outbreakId, request);
}
