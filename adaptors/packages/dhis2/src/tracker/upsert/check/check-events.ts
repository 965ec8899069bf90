import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedEvent } from '#common/handover/mapped-tracked-entity-batch.js';
import { nameNearest } from '#common/reporting/named.js';
import { checkShared } from './check-access.js';
import { checkField } from './check-fields.js';
import { checkDemandedElements } from './check-rules.js';
import { type Checked, rowsAt } from './checked.js';
import type { StageModel } from './metadata.js';
import { label } from './note.js';

/** Event statuses (dhis2 FACTS §4.1). */
const STATUSES = ['ACTIVE', 'COMPLETED', 'VISITED', 'SCHEDULE', 'OVERDUE', 'SKIPPED'];

/** Checks the events of a program's people: their stages and data elements. */
export function checkEvents(checked: Checked): void {
  const { program, people, note } = checked;
  const byStage = new Map<StageModel, MappedEvent[]>();
  for (const { events } of people) {
    const single = new Map<string, number>();
    for (const event of events) {
      if (event.deleted) continue;
      const stage = program.stages.get(event.stage);
      if (!stage) {
        note(
          'UNKNOWN_STAGE',
          `${event.stage} is not a stage of the program ${label(program)} that the account sees. ${nameNearest(event.stage, [...program.stages.values()])}`,
        );
        continue;
      }
      getOrCreate(byStage, stage, () => [] as MappedEvent[]).push(event);
      single.set(stage.id, (single.get(stage.id) ?? 0) + 1);
    }
    for (const [id, count] of single) {
      const stage = program.stages.get(id)!;
      if (count > 1 && !stage.source.repeatable) {
        note(
          'NOT_REPEATABLE',
          `The stage ${label(stage)} is not repeatable, but the mapping gives several events of it for one person.`,
        );
      }
    }
  }
  for (const [stage, events] of byStage) checkStage(checked, stage, events);
}

function checkStage(checked: Checked, stage: StageModel, events: readonly MappedEvent[]): void {
  const { batch, note } = checked;
  const { source } = stage;
  checkShared(note, 'stage', source);
  if (source.repeatable && events.some(({ key }) => key === stage.id)) {
    note(
      'REPEATABLE',
      `The stage ${label(stage)} is repeatable, and nobody knows which of its events a person's value belongs to. Give its rows direction: 'to-godata', or write its events from records of their own: labResults, followUps.`,
    );
  }
  const given = new Set<string>();
  for (const { values, status } of events) {
    if (status !== undefined && !STATUSES.includes(status)) {
      note(
        'BAD_STATUS',
        `"${status}" is not a status of an event of the stage ${label(stage)}. Use one of ${STATUSES.join(', ')}.`,
      );
    }
    for (const [id, value] of Object.entries(values)) {
      given.add(id);
      const part = stage.elements.get(id);
      if (part) checkField(checked, 'data element', part.dataElement, value);
      else {
        const elements = [...stage.elements.values()].map(({ dataElement }) => dataElement);
        note(
          'UNKNOWN_DATA_ELEMENT',
          `${rowsAt(batch, `${stage.id}.${id}`)}${id} is not a data element of the stage ${label(stage)}. ${nameNearest(id, elements)}`,
          { cause: id, at: `stage ${label(stage)}` },
        );
      }
    }
  }
  const isStrict =
    source.validationStrategy === 'ON_UPDATE_AND_INSERT' ||
    events.some(({ status }) => status === 'COMPLETED');
  if (isStrict) checkDemandedElements(checked, stage, given);
  for (const { compulsory, dataElement } of isStrict ? stage.elements.values() : []) {
    if (!compulsory || given.has(dataElement.id)) continue;
    note(
      'COMPULSORY_DATA_ELEMENT',
      `The data element ${label(dataElement)} is compulsory in the stage ${label(stage)}, and the mapping does not give it.`,
      { cause: dataElement.id, at: `stage ${label(stage)}` },
    );
  }
}
