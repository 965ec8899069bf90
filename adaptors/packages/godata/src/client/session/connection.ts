import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import type { OutbreakWriter } from './outbreak-writer.js';
import type { Session } from './session.js';

/** How the record sets of a client reach its server. */
export interface Connection {
  session: Session;
  writer: OutbreakWriter;
}

/** Values for the placeholders of a path; `outbreakId` among them tells whose records these are. */
export type PathParams = Record<string, string>;

/** Sends a request that writes: below an outbreak, in the name of that outbreak. */
export function sendWrite(
  { session, writer }: Connection,
  request: ApiRequest,
): Promise<ApiAnswer> {
  const outbreakId = request.params?.outbreakId;
  return outbreakId === undefined ? session.send(request) : writer.send(outbreakId, request);
}
