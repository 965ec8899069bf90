import { Dhis2Client } from '../client/client.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { readRest } from '../client/rest/read.js';

/** A node of the tree from which OpenFn's editor completes. */
export interface EditorEntity {
  name: string;
  type: string;
  label?: string;
  datatype?: string;
}

/** The metadata of a server for the editor. */
export interface EditorMetadata {
  name: 'dhis2';
  type: 'model';
  children: {
    orgUnits: EditorEntity[];
    resourceTypes: string[];
    trackedEntityTypes: EditorEntity[];
    attributes: EditorEntity[];
  };
}

/** Common resources, for the first argument of `get`, `create` and similar operations. */
const RESOURCE_TYPES = [
  'dataElementGroupSets',
  'dataElementGroups',
  'dataElements',
  'dataSetNotificationTemplates',
  'dataSets',
  'dataValueSets',
  'enrollments',
  'events',
  'organisationUnits',
  'programs',
  'relationships',
  'trackedEntities',
  'trackedEntityAttributes',
  'trackedEntityTypes',
];

/**
 * Reads the metadata from which OpenFn's editor completes: org units, tracked entity types and
 * attributes. It is not an operation: the editor calls it, and so does `openfn metadata`.
 *
 * @public
 * @param {object} configuration - A credential
 * @returns the tree
 * @example
 * const { children } = await metadata({ hostUrl: 'https://dhis2.example.org', pat: 'd2pat_...' });
 */
export async function metadata(configuration: Dhis2Configuration): Promise<EditorMetadata> {
  const client = new Dhis2Client(configuration);
  const read = (resource: string, type: string) => readEntities(client, resource, type);
  return {
    name: 'dhis2',
    type: 'model',
    children: {
      orgUnits: await read('organisationUnits', 'orgUnit'),
      resourceTypes: RESOURCE_TYPES,
      trackedEntityTypes: await read('trackedEntityTypes', 'trackedEntityType'),
      attributes: await read('trackedEntityAttributes', 'attribute'),
    },
  };
}

async function readEntities(
  client: Dhis2Client,
  resource: string,
  type: string,
): Promise<EditorEntity[]> {
  const access = { client, apiVersion: undefined };
  const query = { fields: 'id,displayName', pageSize: 5000 };
  const { data } = await readRest(access, resource, query, { allPages: true });
  const list = (data as Record<string, { id: string; displayName?: string }[]>)[resource] ?? [];
  return list.map(({ id, displayName }) => ({
    name: id,
    type,
    datatype: 'string',
    ...(displayName ? { label: displayName } : {}),
  }));
}
