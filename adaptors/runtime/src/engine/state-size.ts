import { IntegrationError } from '#common/reporting/errors.js';

/** The platform replaces a larger state by `[REDACTED]` without failing the step (openfn FACTS §6). */
const MAX_STATE_BYTES = 10 * 1024 * 1024;

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/** Size in bytes of a state as JSON in UTF-8. */
export function measureState(state: unknown): number {
  return Buffer.byteLength(JSON.stringify(state) ?? '', 'utf8');
}

/**
 * Refuses a state that the platform would destroy.
 *
 * @throws IntegrationError `STATE_TOO_LARGE` with the step and the size
 */
export function checkStateSize(step: string, bytes: number): void {
  if (bytes <= MAX_STATE_BYTES) return;
  throw new IntegrationError({
    code: 'STATE_TOO_LARGE',
    message: `Step ${step} returns a state of ${megabytes(bytes)} MB. The platform destroys a state above ${megabytes(MAX_STATE_BYTES)} MB.`,
    fix: 'Keep less in the state: map or summarise pages inside an operation, or let the run read less.',
    details: { step, bytes, limit: MAX_STATE_BYTES },
  });
}
