import type { FieldPlace } from '../people/place.js';
import type { ProgramStage } from '../servers/model.js';
import { quote, remark } from './names.js';
import type { RowNames } from './row-names.js';

/** A place as comments name it. */
export const describe = ({ field }: FieldPlace): string =>
  `"${remark(field.name)}"${field.code ? ` (${remark(field.code)})` : ''}`;

/**
 * A place as code.
 *
 * @param others further stages that have the same data element
 */
export function printPlace(
  { field, stage }: FieldPlace,
  others: readonly ProgramStage[],
  names: RowNames,
): string {
  if (!stage) return `attribute(${quote(field.id)})`;
  const stages = [stage, ...others].map(names.stage);
  const where = stages.length === 1 ? stages[0] : `[${stages.join(', ')}]`;
  return `element(${where}, ${quote(field.id)})`;
}
