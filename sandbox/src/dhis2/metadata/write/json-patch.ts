import { Refusal, sandboxRefusal } from '../../http/web-message.js';

/** The changes that a JSON patch makes to an object. */
export interface Patch {
  values: Record<string, unknown>;
  removed: string[];
}

/**
 * Reads a JSON patch (RFC 6902) of whole properties. `add` and `replace` set a property, whether it
 * exists or not; `remove` of a missing one does nothing (the server's source, its JsonPatch
 * operations; dhis2 LIVE 247).
 *
 * @param isKnown whether objects of the kind have a property
 * @throws Refusal 400 for an invalid JSON patch, for an unknown property (recording 088), and for
 * operations that the sandbox does not support
 */
export function readPatch(json: unknown, isKnown: (property: string) => boolean): Patch {
  if (!Array.isArray(json)) {
    throw new Refusal(400, { message: 'JSON parse error: a JSON patch is a list of operations' });
  }
  const patch: Patch = { values: {}, removed: [] };
  for (const { op, path, value } of json as Record<string, unknown>[]) {
    const [, property] = /^\/([A-Za-z]+)$/.exec(String(path)) ?? [];
    if (property === undefined) throw sandboxRefusal(400, `the path "${path}" of a JSON patch`);
    if (op !== 'add' && op !== 'replace' && op !== 'remove') {
      throw sandboxRefusal(400, `the operation "${op}" of a JSON patch`);
    }
    if (!isKnown(property)) {
      throw new Refusal(400, { message: `Property ${property} does not exist on Schema` });
    }
    if (op !== 'remove' && value !== null) {
      patch.values[property] = value;
      patch.removed = patch.removed.filter(one => one !== property);
    } else {
      delete patch.values[property];
      patch.removed.push(property);
    }
  }
  return patch;
}
