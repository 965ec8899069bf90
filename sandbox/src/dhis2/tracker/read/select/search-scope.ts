import { isSuperuser, searchUnitsOf } from '#sandbox/dhis2/accounts/access.js';
import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import { Refusal } from '#sandbox/dhis2/http/web-message.js';
import type { Ref } from '#sandbox/dhis2/metadata/object-types.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { TrackedEntityTypeAttribute } from '../../types.js';

/** The parts of a list request that decide whether it searches outside the capture scope. */
export interface Search {
  mode: string;
  orgUnits: readonly string[];
  /** Whether the request names tracked entities. */
  hasIds: boolean;
  program: string | undefined;
  type: string | undefined;
  /** Attributes in the filters of the request. */
  attributes: readonly string[];
}

/**
 * Refuses a search outside the org units where the user captures data, if it names too few
 * attributes or one that is not searchable (recording 300; dhis2 LIVE 229). Both are 409 and have
 * no code.
 *
 * @throws Refusal
 */
export function checkSearchScope({ store }: ServerContext, user: SeedUser, search: Search): void {
  if (isSuperuser(user) || isWithinCapture({ store }, user, search)) return;
  const { metadata } = store;
  const program =
    search.program === undefined ? undefined : metadata.get('programs', search.program);
  const type =
    search.type === undefined ? undefined : metadata.get('trackedEntityTypes', search.type);
  const parts: readonly TrackedEntityTypeAttribute[] = [
    ...(program?.programTrackedEntityAttributes ?? []),
    ...(type?.trackedEntityTypeAttributes ?? []),
  ];
  const isUnique = (id: string) => {
    const attribute = metadata.get('trackedEntityAttributes', id);
    return attribute?.unique === true && !attribute.orgunitScope;
  };
  const searchable = new Set(
    parts
      .filter(part => part.searchable || isUnique(part.trackedEntityAttribute.id))
      .map(part => part.trackedEntityAttribute.id),
  );
  const isSearchable = program || type ? (id: string) => searchable.has(id) : isUnique;
  const others = search.attributes.filter(id => !isSearchable(id));
  if (others.length > 0) {
    const message = `Non-searchable attribute(s) can not be used during global search:  [${others.join(', ')}]`;
    throw new Refusal(409, { message });
  }
  const rules = type ?? program;
  if (search.hasIds || !rules || search.attributes.some(isUnique)) return;
  const { minAttributesRequiredToSearch: least = 1 } = rules;
  if (search.attributes.length >= least) return;
  const message = `At least ${least} attributes should be mentioned in the search criteria.`;
  throw new Refusal(409, { message });
}

function isWithinCapture(
  { store }: Pick<ServerContext, 'store'>,
  user: SeedUser,
  { mode, orgUnits }: Search,
): boolean {
  const tree = store.metadata.orgUnits;
  const isCaptured = (id: string) => tree.isWithin(id, user.organisationUnits);
  if (mode === 'CAPTURE') return true;
  if (mode === 'SELECTED') return orgUnits.every(isCaptured);
  // As in the server's source: in these modes the org units' children decide.
  if (mode === 'CHILDREN' || mode === 'DESCENDANTS') {
    return orgUnits.flatMap(id => tree.children(id)).every(isCaptured);
  }
  const searched: readonly Ref[] = mode === 'ALL' ? [] : searchUnitsOf(user);
  return mode !== 'ALL' && searched.every(({ id }) => isCaptured(id));
}
