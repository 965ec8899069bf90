import type { CollectionName } from './collections.js';
import { MODELS, type ModelName } from './model.js';
import type { Ref } from './object-types.js';

/** A reference from one object to another. */
export interface Reference {
  collection: CollectionName;
  id: string;
}

/** The references in an object and its parts, for which a database would have foreign keys. */
export function referencesOf(model: ModelName, object: object): Reference[] {
  const found: Reference[] = [];
  for (const [name, value] of Object.entries(object)) {
    const property = MODELS[model][name];
    if (property === undefined || property === 'value' || !value) continue;
    if (property.kind === 'parts') {
      for (const part of value as object[]) found.push(...referencesOf(property.model, part));
    } else if (property.kind === 'refs') {
      for (const { id } of value as Ref[]) found.push({ collection: property.model, id });
    } else {
      found.push({ collection: property.model, id: (value as Ref).id });
    }
  }
  return found;
}
