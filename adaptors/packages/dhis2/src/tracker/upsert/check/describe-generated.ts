import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Finding } from '#common/reporting/report.js';
import { rowsAt } from './checked.js';
import { attributesOf, type FieldDefinition } from './metadata.js';
import { label } from './note.js';
import type { Metadata } from './read-metadata.js';

/**
 * The attributes whose values DHIS2 generates and the mapping gives. DHIS2 takes any text for them,
 * of the pattern or not (dhis2 LIVE 224): a value of Go.Data would take the place of the number.
 *
 * @returns one warning for each attribute, with the rows that write it
 */
export function describeGenerated(
  batch: MappedTrackedEntityBatch,
  { programs, programOf }: Metadata,
): Finding[] {
  const { entities, rows = {}, linkAttribute } = batch;
  const given = new Set(entities.flatMap(({ attributes }) => Object.keys(attributes)));
  for (const path of Object.keys(rows)) given.add(path);
  if (linkAttribute !== undefined) given.add(linkAttribute);
  const used = new Set(entities.map(({ program }) => programOf(program)));
  const attributes = programs.filter(program => used.has(program)).flatMap(attributesOf);
  const generated = new Map(attributes.filter(one => one.generated).map(one => [one.id, one]));
  return [...generated.values()]
    .filter(({ id }) => given.has(id))
    .map(one => ({
      severity: 'warning',
      code: 'generated-attribute',
      message: `${one.id === linkAttribute ? 'linkAttribute: ' : rowsAt(batch, one.id)}${describe(one)}`,
    }));
}

function describe(attribute: FieldDefinition): string {
  const pattern = attribute.pattern ? ` by the pattern ${attribute.pattern}` : '';
  return `DHIS2 generates the attribute ${label(attribute)}${pattern}, and the mapping writes it. DHIS2 accepts any text there: values of Go.Data take the place of its own, and a person with one gets none from DHIS2. Give the row direction: 'to-godata', or write to another attribute.`;
}
