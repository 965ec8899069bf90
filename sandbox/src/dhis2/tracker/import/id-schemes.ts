import { sandboxRefusal } from '../../http/web-message.js';
import type { CollectionName } from '../../metadata/collections.js';
import type { MetadataTables } from '../../metadata/tables.js';
import type { Payload, PayloadValue } from './payload.js';

/** The kind of identifier for metadata in a payload. */
export type IdScheme = 'UID' | 'CODE' | 'NAME';

/** The scheme parameters and the collections that each applies to; the default is `idScheme`. */
const PARAMETERS = {
  dataElementIdScheme: 'dataElements',
  orgUnitIdScheme: 'organisationUnits',
  programIdScheme: 'programs',
  programStageIdScheme: 'programStages',
  categoryOptionComboIdScheme: 'categoryOptionCombos',
  categoryOptionIdScheme: 'categoryOptions',
} as const satisfies Readonly<Record<string, CollectionName>>;

/** The scheme of each collection; all others use that of `idScheme`. */
export type IdSchemes = Partial<Record<CollectionName, IdScheme>> & { others: IdScheme };

const SCHEMES: readonly string[] = ['UID', 'CODE', 'NAME'];

/**
 * Reads the schemes of a request; their names are case-insensitive (dhis2 LIVE, data values: codes
 * are case-sensitive, the name of the scheme is not).
 *
 * @param text of a parameter
 * @throws Refusal 400 for a scheme that the sandbox does not support, such as that of an
 * attribute
 */
export function readIdSchemes(text: (name: string) => string | undefined): IdSchemes {
  const read = (name: string): IdScheme | undefined => {
    const value = text(name);
    if (!value) return undefined;
    const scheme = value.toUpperCase();
    if (!SCHEMES.includes(scheme)) throw sandboxRefusal(400, `${name}=${value}`);
    return scheme as IdScheme;
  };
  const own = Object.entries(PARAMETERS).flatMap(([name, collection]) => {
    const scheme = read(name);
    return scheme ? [[collection, scheme]] : [];
  });
  return { ...Object.fromEntries(own), others: read('idScheme') ?? 'UID' };
}

/** The schemes as the server shows them in the notifications of a job (recording 255). */
export function shownSchemes(schemes: IdSchemes): object {
  const shown = (scheme: IdScheme) => ({ idScheme: scheme, attributeUid: null });
  const own = Object.entries(PARAMETERS).map(([name, collection]) => [
    name,
    shown(schemes[collection] ?? schemes.others),
  ]);
  return { idScheme: shown(schemes.others), ...Object.fromEntries(own) };
}

/**
 * Replaces codes and names in the payload by UIDs (recording 133). An unknown identifier is not
 * replaced, so the import does not find its object.
 *
 * @throws Refusal 400 when such a text is the UID of an object
 */
export function resolveIds(
  payload: Payload,
  schemes: IdSchemes,
  metadata: MetadataTables,
): Payload {
  if (Object.values(schemes).every(scheme => scheme === 'UID')) return payload;
  const known = new Map<CollectionName, ReadonlyMap<string | undefined, string>>();
  const indexOf = (collection: CollectionName, scheme: 'code' | 'name') => {
    const index =
      known.get(collection) ??
      new Map(metadata.list(collection).map(one => [one[scheme], one.id] as const));
    known.set(collection, index);
    return index;
  };
  const resolve = (collection: CollectionName, text: string): string => {
    const scheme = schemes[collection] ?? schemes.others;
    if (scheme === 'UID') return text;
    const id = indexOf(collection, scheme === 'CODE' ? 'code' : 'name').get(text);
    if (id === undefined && metadata.get(collection, text)) {
      throw sandboxRefusal(400, `the UID ${text} in place of ${scheme}`);
    }
    return id ?? text;
  };
  const given = (collection: CollectionName, text: string | undefined) =>
    text === undefined ? undefined : resolve(collection, text);
  const values = (collection: CollectionName, list: readonly PayloadValue[]) =>
    list.map(one => ({ ...one, id: given(collection, one.id) }));
  return {
    trackedEntities: payload.trackedEntities.map(one => ({
      ...one,
      trackedEntityType: given('trackedEntityTypes', one.trackedEntityType),
      orgUnit: given('organisationUnits', one.orgUnit),
      attributes: values('trackedEntityAttributes', one.attributes),
    })),
    enrollments: payload.enrollments.map(one => ({
      ...one,
      program: given('programs', one.program),
      orgUnit: given('organisationUnits', one.orgUnit),
      attributes: values('trackedEntityAttributes', one.attributes),
    })),
    events: payload.events.map(one => ({
      ...one,
      program: given('programs', one.program),
      programStage: given('programStages', one.programStage),
      orgUnit: given('organisationUnits', one.orgUnit),
      attributeOptionCombo: given('categoryOptionCombos', one.attributeOptionCombo),
      attributeCategoryOptions: one.attributeCategoryOptions.map(option =>
        resolve('categoryOptions', option),
      ),
      dataValues: values('dataElements', one.dataValues),
    })),
    relationships: payload.relationships.map(one => ({
      ...one,
      relationshipType: given('relationshipTypes', one.relationshipType),
    })),
  };
}
