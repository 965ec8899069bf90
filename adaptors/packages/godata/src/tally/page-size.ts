/** Properties that can be as long as all others together: lists and objects of any length. */
const LONG = new Set([
  'addresses',
  'classificationHistory',
  'documents',
  'duplicateKeys',
  'followUpHistory',
  'questionnaireAnswers',
  'questionnaireAnswersContact',
  'relationshipsRepresentation',
  'vaccinesReceived',
]);

const SHORT_RECORDS = 5000;
const LONG_RECORDS = 1000;

/**
 * Records in one request. Go.Data has no limit of its own (godata FACTS §3), and each request costs
 * the way to the server and back: 5,000 short records are some 1.5 MB of JSON, and a tenth of that
 * as they travel.
 *
 * @param fields properties that are read
 */
export function pageSizeFor(fields: readonly string[]): number {
  return fields.some(field => LONG.has(field)) ? LONG_RECORDS : SHORT_RECORDS;
}
