import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';
import type { RelatedPlan } from '../plan/related-plan.js';

type Row = PlanTable['rows'][number];

/**
 * The table of changes, with ids and names of fields only. It has no personal data.
 *
 * @param refused ids of people and of records that the server refused
 */
export function toPlanTable(
  plans: readonly OutbreakPlan[],
  refused: ReadonlySet<string>,
): PlanTable {
  const planned = plans.flatMap(rowsOf);
  const rows = planned.filter(row => !refused.has(String(row[2])));
  const lost = planned.length - rows.length;
  return {
    columns: ['outbreak', 'record', 'id', 'change', 'fields'],
    rows: rows.slice(0, MAX_PLAN_ROWS),
    total: rows.length,
    ...(lost > 0 ? { refused: lost } : {}),
  };
}

function rowsOf({ outbreak, people, relationships, labResults }: OutbreakPlan): Row[] {
  const name = String(outbreak.existing?.name ?? outbreak.create?.name);
  const row = (record: string, id: string, change: string, fields: object = {}): Row => [
    name,
    record,
    id,
    change,
    Object.keys(fields).join(', ') || null,
  ];
  const kindOf = (path: string) => (path === 'cases' ? 'case' : 'contact');
  const related = (record: string, { creates, changes, doubles }: RelatedPlan) => [
    ...creates.map(({ key }) => row(record, key, 'create')),
    ...changes.map(({ key, changes: of }) => row(record, key, of ? 'update' : 'delete', of)),
    ...doubles.map(({ key }) => row(record, key, 'delete')),
  ];
  return [
    ...(outbreak.existing ? [] : [row('outbreak', name, 'create')]),
    ...people.creates.map(({ path, person }) => row(kindOf(path), person.id, 'create')),
    ...people.converts.map(({ person }) => row('contact', person.id, 'convert to case')),
    ...people.updates.map(({ path, person, changes }) =>
      row(kindOf(path), person.id, 'update', changes),
    ),
    ...people.deletes.map(({ path, person }) => row(kindOf(path), person.id, 'delete')),
    ...related('relationship', relationships),
    ...related('lab result', labResults),
  ];
}
