import { Refusal, sandboxRefusal } from '../../web-message.js';

/** What a JSON patch does to an object. */
export interface Patch {
  values: Record<string, unknown>;
  removed: string[];
}

/**
 * Reads a JSON patch (RFC 6902) of whole properties. `add` sets one, whether it is there or not; `remove`
 * of one that is not there does nothing (the server's source, AddOperation and RemoveOperation).
 *
 * @throws Refusal 400 for what is no JSON patch, and for operations that the sandbox does not know
 */
export function readPatch(json: unknown): Patch {
  if (!Array.isArray(json)) {
    throw new Refusal(400, { message: 'JSON parse error: a JSON patch is a list of operations' });
  }
  const patch: Patch = { values: {}, removed: [] };
  for (const { op, path, value } of json as Record<string, unknown>[]) {
    const [, property] = /^\/([A-Za-z]+)$/.exec(String(path)) ?? [];
    if (property === undefined) throw sandboxRefusal(400, `the path "${path}" of a JSON patch`);
    if (op !== 'add' && op !== 'remove') {
      throw sandboxRefusal(400, `the operation "${op}" of a JSON patch`);
    }
    if (op === 'add' && value !== null) {
      patch.values[property] = value;
      patch.removed = patch.removed.filter(one => one !== property);
    } else {
      delete patch.values[property];
      patch.removed.push(property);
    }
  }
  return patch;
}
