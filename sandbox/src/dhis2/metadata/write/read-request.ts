import { Refusal } from '../../http/web-message.js';
import type { ApiContext } from '../../server-context.js';
import { MODELS } from '../model.js';

/** Properties that a server's org units have and the sandbox's do not; the sandbox refuses them. */
const NOT_MODELLED: ReadonlySet<string> = new Set(
  'comment,url,contactPerson,address,email,phoneNumber,image,description,translations,sharing,users'
    .concat(',programs,organisationUnitGroups,formName,legendSets,createdBy,lastUpdatedBy')
    .split(','),
);

/** Whether a server's org units have a property. */
export function isOrgUnitProperty(name: string): boolean {
  return name in MODELS.organisationUnits || NOT_MODELLED.has(name);
}

/** @throws Refusal 415 when a request has a body of another type (recording 089) */
export function refuseOtherType(c: ApiContext, type: string): void {
  const sent = c.req.header('content-type')?.split(';')[0]?.trim() ?? '';
  if (sent === type) return;
  throw new Refusal(415, { message: `Content-Type '${sent}' is not supported` });
}

/**
 * Reads the JSON of a metadata object.
 *
 * @throws Refusal 409 when it is not valid (recording 099)
 */
export function readMetadataJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(409, {
      message: `Unexpected end-of-input within/between Object entries\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${text.length + 1}]`,
    });
  }
}
