import { DEFAULT_OBJECTS } from '../dhis2/seed/default-objects.js';
import { uidOf } from '../outbreak/index.js';
import type { Objects } from './merge.js';
import type { ExportedObject } from './to-object.js';

type Ref = { id: string };

/**
 * Adds what every server has and an export may omit: the default category objects, and the
 * combinations of a category combo that has none, as a server generates them.
 *
 * @returns remarks about what was added, one sentence each
 */
export function complete(objects: Objects): string[] {
  for (const [collection, defaults] of Object.entries(DEFAULT_OBJECTS)) {
    const own = objects[collection as keyof typeof DEFAULT_OBJECTS];
    if ([...own.values()].some(({ name }) => name === 'default')) continue;
    for (const object of defaults) own.set(object.id, object as unknown as ExportedObject);
  }
  const combined = new Set(
    [...objects.categoryOptionCombos.values()].map(one => (one.categoryCombo as Ref).id),
  );
  const alone = [...objects.categoryCombos.values()].filter(one => !combined.has(one.id as string));
  for (const combo of alone) addCombinations(objects, combo);
  return alone.map(
    ({ name }) =>
      `The category combo "${name}" has no option combos in the files; they are generated, with other ids than on your server.`,
  );
}

/** One option combo for each combination of the options of a category combo. */
function addCombinations(objects: Objects, combo: ExportedObject): void {
  const optionsOf = ({ id }: Ref) =>
    (objects.categories.get(id)?.categoryOptions ?? []) as readonly Ref[];
  const combinations = (combo.categories as readonly Ref[]).reduce<Ref[][]>(
    (all, category) => all.flatMap(one => optionsOf(category).map(option => [...one, option])),
    [[]],
  );
  for (const options of combinations) {
    const id = uidOf(`option combo ${combo.id} ${options.map(one => one.id).join()}`);
    const names = options.map(one => objects.categoryOptions.get(one.id)?.name);
    const categoryCombo = { id: combo.id };
    const object = { id, name: names.join(', '), categoryCombo, categoryOptions: options };
    objects.categoryOptionCombos.set(id, object);
  }
}
