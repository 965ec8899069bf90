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

/*
 * What the rules of CONTRIBUTING.md do not allow. The README of the DHIS2 adaptor tells users of each, under "What is
 * different from the published adaptor". What a job sees beside that is the same: test/dhis2/operations/drop-in.test.ts.
 */
const REPORT =
  '"What is not written is in the report": so DHIS2 is asked for its warnings (reportMode), which the stand-in does not expect. "Errors are thrown": the stand-in answers without an import report, so nobody could say what was stored';
const STRATEGY =
  '"Nothing twice": the stand-in expects an import that does not send the strategy of the job, and DHIS2 then creates or updates what was to be created only, or deleted. It also answers without an import report, as in the tests of create';

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
