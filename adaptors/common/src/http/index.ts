export { exchangeBytes } from './exchange-bytes.js';
export { FailureCount } from './failure-count.js';
export { multipart } from './multipart.js';
export { readAgainIfEmpty } from './read-again-if-empty.js';
export type { ApiAnswer, ApiRequest, Content, SystemName } from './request-types.js';
export { createRequester, DEFAULT_TIMEOUT_MS, type Requester, sleep } from './requester.js';
export type { RetryPolicy } from './retry.js';
export { splitPath } from './split-path.js';
export { isJsonObject, objectsIn, textIn, unexpectedAnswer } from './unexpected-answer.js';
