import type { RecordView } from './record-view.js';

/** A relationship of Go.Data as a mapping sees it. */
export interface RelationshipView extends RecordView {
  /** Kind of the one who exposed the other. */
  source: string | undefined;
  /** Kind of the one who was exposed. */
  target: string | undefined;
}
