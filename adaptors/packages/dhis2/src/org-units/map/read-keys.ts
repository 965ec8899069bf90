import type { LocationKeys } from '#common/handover/fetched-location-batch.js';
import type { OrgUnitKeys } from '#common/handover/mapped-org-unit-batch.js';
import { ownUidOf } from '#common/identity/own-uid.js';
import { isUid } from '../../client/metadata/metadata.js';
import type { ResolvedMap } from './options.js';

/**
 * Reads what tells the org unit of a location. The mark of mapLocations goes first, then the location's
 * own id, if it has the shape of an org unit's. Codes come last.
 */
export function readKeys(
  { id, identifiers }: LocationKeys,
  { mark, link: descriptions, server }: Pick<ResolvedMap, 'mark' | 'link' | 'server'>,
): OrgUnitKeys {
  const marked = identifiers.find(one => one.description === mark && isUid(one.code));
  const link = marked?.code ?? (isUid(id) ? id : undefined);
  // A copy has the mark as well; the org unit is that of the location with its id, or that it was made of.
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
