import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import type { IntegrationError } from '#common/reporting/errors.js';
import { Dhis2Client } from './client.js';
import { refusedRead } from './refused-read.js';

/**
 * A client that also knows how DHIS2 refuses to show data values, which looks like a success. Jobs
 * that read no values do without it; programs have it as `Dhis2Client`.
 */
export class ValueClient extends Dhis2Client {
  protected override refusalOf(
    request: ApiRequest,
    answer: ApiAnswer,
  ): IntegrationError | undefined {
    return refusedRead(request, answer) ?? super.refusalOf(request, answer);
  }
}
