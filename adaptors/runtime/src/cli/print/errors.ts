import type { RunError } from '../../engine/run-error.js';
import { toProxyHint } from './proxy-hint.js';

/** An error for a reader in a hurry: what is wrong, where, what to do. */
export function formatError(error: RunError): string[] {
  const { step, code, message, fix, at } = error;
  // The message of a job that cannot be compiled already names the place.
  const place = at && !message.startsWith(at) ? [`  at: ${at}`] : [];
  const who = step && !message.startsWith(`Step ${step} `) ? `step ${step} failed: ` : '';
  const [first, ...rest] = message.split('\n');
  return [
    `Error: ${who}${first} (${code})`,
    ...rest,
    ...place,
    ...(fix ? [`  What to do: ${fix}`] : []),
    ...toProxyHint(code),
  ];
}
