/** Up to 2.42 and since 2.43, as dhis2 FACTS §0 distinguishes them; counts as in §8. */
const OLD = {
  isGroup: false,
  rejectedIndexes: true,
  unchanged: [0, 0, 0, 1],
  warningStatus: 409,
  plainResponse: true,
};

const NEW = {
  isGroup: true,
  rejectedIndexes: true,
  unchanged: [0, 1, 0, 0],
  warningStatus: 200,
  plainResponse: false,
};

/** What differs by version; a version without a patch number stands for its newest patch. */
export const EXPECTED = {
  '2.38': { ...OLD, rejectedIndexes: false },
  '2.40.0': { ...OLD, rejectedIndexes: false, unchanged: [0, 1, 0, 0] },
  '2.40': OLD,
  '2.41': OLD,
  '2.42': { ...OLD, plainResponse: false },
  '2.43': NEW,
  '2.44': NEW,
};
