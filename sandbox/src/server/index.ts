export { sendJson } from './compression.js';
export type { FaultRule, FaultSchedule } from './faults.js';
export { noAnswer } from './play-fault.js';
export { createRandom } from './random.js';
export { isWriteByMethod } from './request-log.js';
export type { RunningServer } from './start-server.js';
export { startServer } from './start-server.js';
