/** Replaces the text of an anonymous Java object; it equals any text. */
export const UNREADABLE = '<object>';

/** `{"class":"class org.hisp.dhis.program.Program", …, "uid":"PrgTrack001", …}`, also inside a text. */
const NAMED = /\{"class":"class [\w.]+",[^{}]*?"uid":"(\w+)"[^{}]*\}/g;

/** `MetadataIdentifier(idScheme=UID, identifier=PrgTrack001, attributeValue=null)` */
const IDENTIFIER = /^MetadataIdentifier\(idScheme=\w+, identifier=(\w+), .*\)$/;

/** `Event(event=EvErr000001, status=ACTIVE, …)`, `TrackedEntity{id=1, uid='TeAnna00001', …}` */
const OWN_ID =
  /^\w+(?:\((?:event|enrollment|trackedEntity|relationship)=(\w+),|\{id=\d+, uid='(\w+)',)/;

/** `TrackedEntityAttribute{description='null', …}`, `org.hisp.dhis.program.Program@fe4765d4` */
const NAMELESS = /^(\w+\{\w+=.*\}|[\w.]+@[0-9a-f]{5,8})$/s;

/** `[VISITED, ACTIVE, COMPLETED]`: the words of a set, in an order that changes with each start. */
const SET = /\[[A-Z_]+(?:, [A-Z_]+)+\]/g;

/**
 * Real servers put the texts of their Java objects into messages and `args` (dhis2 LIVE 236). Such
 * a text is replaced by the id in it, because the rest differs between versions.
 */
export function javaToId(text: string): string {
  const named = text.replace(NAMED, '$1').replace(SET, sortedSet);
  const own = IDENTIFIER.exec(named)?.[1] ?? OWN_ID.exec(named)?.slice(1).find(Boolean);
  return own ?? (NAMELESS.test(named) ? UNREADABLE : named);
}

function sortedSet(set: string): string {
  return `[${set.slice(1, -1).split(', ').sort().join(', ')}]`;
}
