import { compressBody } from '#common/http/compress-body.js';
import type { ApiRequest } from '#common/http/index.js';
import type { Dhis2Client } from '../../client/client.js';
import { serverError } from '../../client/server-error.js';
import { awaitImport } from './background-import.js';
import type { SendRows } from './import-rows.js';
import { readImportSummary } from './import-summary.js';

/** Strict checks, which the importers up to 2.42 skip unless requested (dhis2 FACTS §0). */
const STRICT = {
  strictPeriods: true,
  strictDataElements: true,
  strictCategoryOptionCombos: true,
  strictAttributeOptionCombos: true,
  strictOrganisationUnits: true,
};

/** Statuses of a server, or of a proxy before it, that does not read a compressed body. */
const UNREAD = new Set([400, 415]);

/**
 * Creates a function that sends values of one data set. The header names the data set: without it
 * DHIS2 refuses data elements that are in several data sets (dhis2 FACTS §0).
 *
 * Values are sent as gzip, which is a tenth: DHIS2 recognises it (dhis2 FACTS §1.7, LIVE 237). If
 * they are refused as unreadable they are sent again as they are, and so are all that follow.
 */
export function createSender(
  client: Dhis2Client,
  dataSetId: string,
  inBackground: boolean,
  importStrategy: 'CREATE_AND_UPDATE' | 'DELETE' = 'CREATE_AND_UPDATE',
): SendRows {
  let compress: ApiRequest['compress'] = compressBody;
  return async rows => {
    const request: ApiRequest = {
      method: 'POST',
      path: '/dataValueSets',
      query: { ...STRICT, importStrategy, async: inBackground },
      body: { dataSet: dataSetId, dataValues: rows },
      // Values are addressed by their cell, so sending them twice stores them once (FACTS §1.5).
      idempotent: true,
    };
    let answer = await client.send({ ...request, compress });
    if (compress && UNREAD.has(answer.status)) {
      compress = undefined;
      answer = await client.send(request);
    }
    if (answer.status >= 400 && answer.status !== 409) throw serverError(request, answer);
    if (!inBackground) return readImportSummary(answer.status, answer.body);
    return awaitImport(client, answer);
  };
}
