import type { LocationKeys } from '#common/handover/fetched-location-batch.js';
import type { OrgUnitKeys } from '#common/handover/mapped-org-unit-batch.js';
import { ownUidOf } from '#common/identity/own-uid.js';
import { isUid } from '#common/identity/uid.js';
import type { ResolvedMap } from './options.js';

/**
 * Reads the keys by which the org unit of a location is found. The mark that mapLocations writes
 * comes first, then the location's id, if it has the form of an org unit id. Codes come last.
 */
export function readKeys(
  { id, identifiers }: LocationKeys,
  { mark, link: descriptions, server }: Pick<ResolvedMap, 'mark' | 'link' | 'server'>,
): OrgUnitKeys {
  const marked = identifiers.find(one => one.description === mark && isUid(one.code));
  const link = marked?.code ?? (isUid(id) ? id : undefined);
  // A copy of a location has the mark too. The org unit belongs to the location with its id, or
  // from which it was made.
  const isOwn = link === id || (marked?.isShared && link === ownUidOf(server, id));
  const others = identifiers.filter(
    ({ description = '' }) =>
      description !== mark && (descriptions === undefined || descriptions.includes(description)),
  );
  const shared = others.filter(one => one.isShared).map(({ code }) => code);
  return {
    id,
    ...(link === undefined ? {} : { link }),
    ...(marked?.isShared && !isOwn ? { isLinkShared: true } : {}),
    codes: [...new Set(others.map(({ code }) => code))],
    ...(shared.length > 0 ? { sharedCodes: [...new Set(shared)] } : {}),
  };
}
