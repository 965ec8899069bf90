/**
 * Test files of the published adaptors that test what a job cannot reach.
 * @type {Record<string, Record<string, string>>}
 */
export const NOT_RUN = {
  dhis2: {
    'metadata/**': 'replace the helper inside src/meta',
    'integration.js': 'needs a public server; the published adaptor leaves it out of its tests too',
  },
  godata: {},
};

const REPORT =
  'the stand-in expects no reportMode and answers without an import report; here DHIS2 is asked for its warnings, and an answer that does not tell what was stored is an error';
const STRATEGY =
  'the stand-in expects an import without its strategy, a defect of the published adaptor, and answers without an import report';

/**
 * Tests that do not pass, with the reason.
 * @type {Record<string, Record<string, string>>}
 */
export const DIFFERENT = {
  dhis2: {
    'create should make an authenticated POST to the right url': REPORT,
    'create should recursively expand references': REPORT,
    'upsert should make a post only when new tracker is called': REPORT,
    'tracker import should default to async: false': STRATEGY,
    'tracker import should send async: true when specified in options': STRATEGY,
    'tracker import should forward extra options as query params alongside async': STRATEGY,
  },
  godata: {},
};
