import { isJsonObject, textIn } from '#common/http/index.js';

/** Body of an error answer of DHIS2 (dhis2 FACTS §6). */
export interface WebMessage {
  /** Empty if there is none. */
  message: string;
  /** Empty if there is none. */
  errorCode: string;
  httpStatusCode?: number;
  /** The report on an import, or other details. Empty if there are none. */
  response: Record<string, unknown>;
}

/** Reads the body of an error answer. All parts are empty if it is none of DHIS2's. */
export function readWebMessage(body: unknown): WebMessage {
  const { message, errorCode, httpStatusCode, response } = isJsonObject(body) ? body : {};
  return {
    message: textIn(message),
    errorCode: textIn(errorCode),
    ...(typeof httpStatusCode === 'number' ? { httpStatusCode } : {}),
    response: isJsonObject(response) ? response : {},
  };
}
