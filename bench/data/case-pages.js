const FIELDS = [
  'dateOfReporting',
  'usualPlaceOfResidenceLocationId',
  'classification',
  'gender',
  'age',
  'dob',
  'outcomeId',
  'dateRanges',
  'id',
  'deleted',
];

/**
 * Reads all cases of an outbreak page by page, with the filter of `fetch-cases`.
 *
 * @param {string} outbreakId
 * @param {(path: string) => Promise<{ id: string }[]>} get
 * @returns {Promise<number>} the number of cases
 */
export async function casePages(outbreakId, get) {
  let read = 0;
  for (let last = ''; ; ) {
    const filter = { where: { id: { gt: last } }, fields: FIELDS, order: ['id ASC'], limit: 5000 };
    const query = encodeURIComponent(JSON.stringify(filter));
    const page = await get(`/outbreaks/${outbreakId}/cases?filter=${query}`);
    read += page.length;
    if (page.length < 5000) return read;
    last = page.at(-1).id;
  }
}
