import type { MappedReferenceDataBatch } from '#common/handover/mapped-reference-data-batch.js';
import type { Adjusted } from '#common/reporting/report.js';
import type { Existing } from '../known-items.js';
import type { Marks } from '../mark.js';
import { chooseTargets, type Target } from './choose-targets.js';
import { diffItem } from './diff.js';
import { findGone, type Gone } from './find-gone.js';
import { matchItems } from './match.js';
import { type ItemCreate, planCreates } from './plan-creates.js';
import { type ItemUpdate, sequenceUpdates } from './sequence.js';
import { TakenTexts } from './taken-texts.js';
import { listWanted } from './wanted-item.js';

/** All changes of a batch in Go.Data, in the order in which to apply them. */
export interface ReferenceDataPlan {
  /** An item has several updates when it needs temporary texts. */
  updates: ItemUpdate[];
  creates: ItemCreate[];
  /** Options whose item needs no change, or cannot be changed. */
  unchanged: Target[];
  gone: Gone;
  adjusted: Adjusted[];
}

/**
 * Compares a batch with Go.Data's items and makes the plan. A pure function.
 *
 * @param categories name of a category in the batch → full id
 */
export function planBatch(
  batch: MappedReferenceDataBatch,
  { items, ids }: Existing,
  categories: ReadonlyMap<string, string>,
  marks: Marks,
): ReferenceDataPlan {
  const wanted = listWanted(batch, categories);
  const matches = matchItems(wanted, items, batch.sets);
  const { targets, fixed, adjusted } = chooseTargets(wanted, items, matches);
  const compared = targets
    .filter(({ known }) => known !== undefined)
    .map(target => ({ target, changes: diffItem(target, marks) }));
  const isChanged = ({ changes }: ItemUpdate) => Object.keys(changes).length > 0;
  const texts = new TakenTexts(items);
  const updates = sequenceUpdates(compared.filter(isChanged), texts);
  const fresh = targets.filter(({ known }) => known === undefined);
  const same = compared.filter(one => !isChanged(one)).map(({ target }) => target);
  return {
    updates,
    creates: planCreates(fresh, ids, texts, marks),
    unchanged: [...fixed, ...same],
    gone: findGone(batch, items, matches),
    adjusted,
  };
}
