import type { PlanTable } from '#common/reporting/plan.js';
import { isUndoTable, type UndoTable } from '#common/reporting/undo-table.js';
import type { RunEvent } from '../engine/events.js';
import { joinPlans } from '../run/join-plans.js';
import { createFigures, isObject, type Json } from './figures/index.js';

/** What the record of a run needs of the states between its steps. */
export interface RunNotes {
  /** Ids of outbreaks. */
  outbreaks: readonly string[];
  /** Old values of what was changed, of each step that keeps them. */
  undo: readonly UndoTable[];
  /** Changes of the steps that do not. */
  unkept: PlanTable | undefined;
  figures: ReturnType<typeof createFigures>['figures'];
}

/** The outbreak of what was fetched, and those of the cursor. */
function outbreaksIn({ data, cursor }: Json): string[] {
  const outbreak = isObject(data) && isObject(data.outbreak) ? data.outbreak.id : undefined;
  const bound = isObject(cursor) && isObject(cursor.boundTo) ? cursor.boundTo.outbreaks : undefined;
  return [
    ...(typeof outbreak === 'string' ? [outbreak] : []),
    ...(isObject(bound) ? Object.keys(bound) : []),
  ];
}

/** Listens to a run. */
export interface NoteTaker {
  /** @returns whether the event told of changes */
  listen(event: RunEvent): boolean;
  notes(): RunNotes;
}

/** Takes notes while a run goes on: most of what passes between steps is gone at its end. */
export function createNoteTaker(): NoteTaker {
  const outbreaks = new Set<string>();
  const undo: UndoTable[] = [];
  const unkept: PlanTable[] = [];
  const { read, figures } = createFigures();
  return {
    listen(event) {
      if (event.type !== 'step-complete' && event.type !== 'step-error') return false;
      if (event.type === 'step-error' && event.planned) {
        undo.push(event.planned);
        return true;
      }
      const { state, plan } = event;
      if (!state) return false;
      for (const id of outbreaksIn(state)) outbreaks.add(id);
      read(state.data);
      const kept = isObject(state.data) ? state.data.undo : undefined;
      if (plan && isUndoTable(kept)) undo.push(kept);
      else if (plan) unkept.push(plan);
      return plan !== undefined;
    },
    notes: () => ({ outbreaks: [...outbreaks], undo, unkept: joinPlans(unkept), figures }),
  };
}
