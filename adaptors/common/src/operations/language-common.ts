/*
 * What both adaptors offer besides their own operations. An expression can import nothing itself, so an
 * adaptor brings language-common's operations along; each package has its own `http` and `util`.
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
