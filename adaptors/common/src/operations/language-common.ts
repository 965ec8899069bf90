/*
 * What both adaptors offer besides their own operations. A job cannot import anything, so an
 * adaptor passes on language-common's operations; each package has its own `http` and `util`.
 */
export {
  _,
  alterState,
  arrayToString,
  as,
  asData,
  assert,
  chunk,
  combine,
  composeNextState,
  cursor,
  dataPath,
  dataValue,
  dateFns,
  debug,
  each,
  field,
  fields,
  fn,
  fnIf,
  group,
  humanProper,
  index,
  join,
  jsonValue,
  lastReferenceValue,
  log,
  map,
  merge,
  parseCsv,
  referencePath,
  scrubEmojis,
  source,
  sourceValue,
  splitKeys,
  toArray,
  validate,
} from '@openfn/language-common';
export { executeWithReferences as execute } from './operation.js';
export { referenceIds } from './reference-ids.js';
