import type { FetchedPeopleBatch } from '#common/handover/fetched-people-batch.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import type { Tally } from '#common/handover/tally.js';
import type { Comparison } from '#common/reporting/comparison.js';
import type { StepReport } from '#common/reporting/report.js';
import {
  type ArrivalCounts,
  type Arrivals,
  addEntities,
  addPeople,
  toArrivals,
} from './arrivals.js';
import { type Curve, toCurve } from './curve.js';
import { type CountedPlaces, countPlaces, type Places, toPlaces } from './places.js';

/** The numbers behind the pictures of a run's page: counts only, of nobody in particular. */
export interface Figures {
  curve?: Curve;
  comparison?: Comparison;
  places?: Places;
  arrivals?: Arrivals;
}

/** A map of a state whose form is not known. */
export type Json = Record<string, unknown>;

/** Whether a part of a state is a map. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the steps hand over is recognised by its form: adaptors/common/src/handover/README.md. */
const isTally = (data: Json) =>
  isObject(data.counts) && Array.isArray(data.combinations) && typeof data.periodType === 'string';

/**
 * Collects figures from the states between the steps of a run. Of a table of counts, which may have
 * megabytes, it keeps what the pictures show.
 */
export function createFigures(): {
  read(data: unknown): void;
  figures(report: Record<string, StepReport>): Figures | undefined;
} {
  let curve: Curve | undefined;
  let counted: CountedPlaces | undefined;
  let comparison: Comparison | undefined;
  const arrivals: ArrivalCounts = new Map();
  return {
    read(data) {
      if (!isObject(data)) return;
      if (isTally(data)) {
        curve = toCurve(data as unknown as Tally);
        counted = countPlaces(data as unknown as Tally);
      }
      if (isObject(data.comparison)) comparison = data.comparison as unknown as Comparison;
      // A mapping step hands on no fetched people, so that nobody is counted twice.
      if (Array.isArray(data.entities) && isObject(data.orgUnits)) {
        addEntities(arrivals, data as unknown as FetchedTrackedEntityBatch);
      }
      if (Array.isArray(data.people) && isObject(data.outbreak)) {
        addPeople(arrivals, data as unknown as FetchedPeopleBatch);
      }
    },
    figures(report) {
      const found: Figures = {
        curve,
        comparison,
        places: counted && toPlaces(counted, report),
        arrivals: toArrivals(arrivals),
      };
      const known = Object.entries(found).filter(([, figure]) => figure !== undefined);
      return known.length > 0 ? (Object.fromEntries(known) as Figures) : undefined;
    },
  };
}
