import type { Query } from '../../http/query.js';
import { codedRefusal, sandboxRefusal } from '../../http/web-message.js';
import type { CollectionName } from '../../metadata/collections.js';
import type { MetadataObject } from '../../metadata/object-types.js';
import type { ServerContext } from '../../server-context.js';
import { identifierOf } from '../import/lookup.js';
import { type IdScheme, schemeOf } from '../import/options.js';

/**
 * The kinds of objects that a read of data values names, and the error code for an object without
 * such a name.
 */
const KINDS = {
  dataSet: ['dataSets', 'E8200'],
  dataElement: ['dataElements', 'E8201'],
  orgUnit: ['organisationUnits', 'E8202'],
  categoryOptionCombo: ['categoryOptionCombos', 'E8203'],
  attributeOptionCombo: ['categoryOptionCombos', 'E8203'],
} as const satisfies Record<string, readonly [CollectionName, string]>;

export type Kind = keyof typeof KINDS;

/** Parameters that say how objects are named in an answer. */
export const OUTPUT_SCHEME_PARAMS = [
  'idScheme',
  ...Object.keys(KINDS).map(kind => `${kind}IdScheme`),
];

/** How the objects of an answer are named. */
export interface Encoder {
  /** @throws Refusal when an object has no such name */
  encode(kind: Kind, id: string): string;
  /**
   * What the head of an answer says about the naming, since 2.43 (recording 410); empty for UIDs.
   */
  head: Readonly<Record<string, string>>;
}

/** Reads the id schemes of a read; by default objects are named by their UIDs. */
export function createEncoder({ store, dialect }: ServerContext, query: Query): Encoder {
  const general = query.text('idScheme');
  const schemes = new Map<Kind, IdScheme>();
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const name = `${kind}IdScheme`;
    schemes.set(kind, schemeOf(name, query.text(name) ?? general ?? 'uid'));
  }
  const head = [...schemes].flatMap(([kind, scheme]) =>
    scheme === 'uid' ? [] : [[`${kind}IdScheme`, scheme.toUpperCase()]],
  );
  if (general !== undefined && head.length > 0) {
    const scheme = schemeOf('idScheme', general).toUpperCase();
    head.push(['categoryIdScheme', scheme], ['categoryOptionIdScheme', scheme]);
  }
  return {
    head: Object.fromEntries(head),
    encode(kind, id) {
      const scheme = schemes.get(kind)!;
      if (scheme === 'uid') return id;
      const [collection, code] = KINDS[kind];
      const object = store.metadata.get(collection, id) as MetadataObject | undefined;
      const name = object && identifierOf(object, scheme);
      if (name !== undefined) return name;
      if (dialect.importer === 'group') {
        throw codedRefusal(409, dialect, code, [scheme.toUpperCase(), [id]]);
      }
      throw sandboxRefusal(501, `${collection} without a ${scheme} in an answer`);
    },
  };
}
