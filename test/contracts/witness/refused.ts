import type { SeenRequest } from './seen.js';

/**
 * A request that servers of some versions refuse or answer in part, although each of its parts is
 * accepted elsewhere.
 */
interface Refused {
  versions: RegExp;
  is: (request: SeenRequest) => boolean;
  why: string;
}

const has = (request: SeenRequest, start: string) =>
  request.params.some(param => param.startsWith(start));

const LIST = 'GET /tracker/trackedEntities';

/** Metadata of Tracker, which only the workflows read in the tests. */
const TRACKER_METADATA =
  /^GET \/(programs|programStages|programRules|relationshipTypes|optionSets)$/;

/** What DHIS2 was seen to refuse (dhis2 LIVE "Order", 208, 209, "2.41.9.1", "Master"). */
const REFUSED: readonly Refused[] = [
  {
    versions: /^2\.4[34]/,
    is: request => request.route === LIST && /order=.*trackedEntity/.test(request.params.join()),
    why: 'an order with trackedEntity is 409 E7145',
  },
  {
    versions: /^2\.42/,
    is: request =>
      request.route === LIST &&
      has(request, 'trackedEntityType=') &&
      has(request, 'includeDeleted=true'),
    why: 'a type with includeDeleted is 409 E7145',
  },
  {
    versions: /^2\.42/,
    is: request =>
      request.route === 'GET /tracker/enrollments' &&
      /order=\S*(createdAt|updatedAt)/.test(request.params.join(' ')),
    why: 'an order by createdAt or updatedAt is 409',
  },
  {
    versions: /^2\.41/,
    is: request =>
      request.route.startsWith(LIST) &&
      has(request, 'includeDeleted=true') &&
      has(request, 'fields=… relationships'),
    why: 'includeDeleted with relationships is 404 as soon as one of them is deleted',
  },
  {
    // Sent to every version: the adaptors' requests do not depend on it.
    versions: /^2\./,
    is: request =>
      TRACKER_METADATA.test(request.route) &&
      request.asksForParts === true &&
      !has(request, 'paging=false') &&
      !has(request, 'gist=false'),
    why: 'pages of 2.44 omit objects without a reference whose fields are requested',
  },
];

/** Why a server of its version refuses a request; undefined if no reason is known. */
export function refusedBy(request: SeenRequest): string | undefined {
  return REFUSED.find(({ versions, is }) => versions.test(request.version) && is(request))?.why;
}
