import type { MetadataTables } from '#sandbox/dhis2/metadata/tables.js';
import type { Program } from '../../types.js';
import type { PayloadEvent } from '../payload.js';
import type { Validation } from './validation.js';

/**
 * Checks the attribute option combo of an event, or its category options, against the program's
 * combo (the server's source, DataRelationsValidator).
 */
export function checkAttributeOptionCombo(
  { reporter, store: { metadata } }: Validation,
  one: PayloadEvent,
  program: Program,
): void {
  const { attributeOptionCombo: id, attributeCategoryOptions: options } = one;
  const given = id === undefined ? undefined : metadata.get('categoryOptionCombos', id);
  const unknown = options.filter(option => !metadata.get('categoryOptions', option));
  if (id !== undefined && !given) reporter.error(one, 'E1115', id);
  for (const option of unknown) reporter.error(one, 'E1116', option);
  if ((id !== undefined && !given) || unknown.length > 0) return;

  const [combo, standard] = [comboOf(metadata, program), defaultCombo(metadata)];
  const isDefault = given ? given.categoryCombo.id === standard : options.length === 0;
  if (isDefault && combo !== standard) reporter.error(one, 'E1055');
  else if (given && given.categoryCombo.id !== combo) reporter.error(one, 'E1054', id, combo);
  else if (options.length > 0) {
    const found = findOptionCombo(metadata, combo, options);
    if (!found || (id !== undefined && found !== id)) {
      reporter.error(one, 'E1117', id ?? combo, `[${options.join(', ')}]`);
    }
  }
}

/** The attribute option combo with which an event is stored. */
export function attributeOptionComboOf(
  metadata: MetadataTables,
  { attributeOptionCombo, attributeCategoryOptions, programStage }: PayloadEvent,
): string {
  const stage = metadata.get('programStages', programStage!)!;
  const program = metadata.get('programs', stage.program.id)!;
  return (
    attributeOptionCombo ??
    findOptionCombo(metadata, comboOf(metadata, program), attributeCategoryOptions) ??
    metadata.defaultOptionCombo
  );
}

function comboOf(metadata: MetadataTables, { categoryCombo }: Program): string {
  return categoryCombo?.id ?? defaultCombo(metadata);
}

function defaultCombo(metadata: MetadataTables): string {
  return metadata.get('categoryOptionCombos', metadata.defaultOptionCombo)!.categoryCombo.id;
}

/** The category option combo of a category combo that has exactly these options. */
function findOptionCombo(
  metadata: MetadataTables,
  combo: string,
  options: readonly string[],
): string | undefined {
  const wanted = new Set(options);
  return metadata
    .list('categoryOptionCombos')
    .find(
      ({ categoryCombo, categoryOptions }) =>
        categoryCombo.id === combo &&
        categoryOptions.length === wanted.size &&
        categoryOptions.every(({ id }) => wanted.has(id)),
    )?.id;
}
