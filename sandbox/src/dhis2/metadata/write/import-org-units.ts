import type { JsonObject } from '../../http/json-object.js';
import type { Dhis2Store } from '../../store/dhis2-store.js';
import type { Dialect } from '../../versions/dialect.js';
import type { OrgUnit } from '../types.js';
import { randomUid } from '../uid.js';
import type { MetadataImportOptions } from './import-options.js';
import { errorReport, ORG_UNIT_CLASS, type Problem } from './object-report.js';
import { checkOrgUnit, describe, type OrgUnitDraft, readOrgUnit } from './org-unit.js';

/** The counts of an import, by action. */
export interface ImportCounts {
  created: number;
  updated: number;
  deleted: number;
  ignored: number;
  total: number;
}

/** The result for the org units of a metadata import. */
export interface TypeOutcome {
  counts: ImportCounts;
  isWrong: boolean;
  report: object;
}

/**
 * Imports org units, in any order (recordings 100 to 107). If one has an error, none is stored,
 * unless `atomicMode` is NONE. If an id occurs twice, none is stored.
 */
export function importOrgUnits(
  store: Dhis2Store,
  dialect: Dialect,
  objects: readonly JsonObject[],
  options: MetadataImportOptions,
): TypeOutcome {
  const drafts = objects.map(json => readOrgUnit(json, json.text('id') ?? randomUid(), dialect));
  const problems = drafts.map((_, index) => findProblems(store, drafts, index, options));
  const isWrong = problems.some(some => some.length > 0);
  const stopsAll =
    options.atomicMode === 'ALL' || problems.some(some => some.some(one => one.code === 'E5004'));
  const isTaken = (index: number) => problems[index]!.length === 0 && !(isWrong && stopsAll);
  const taken = drafts.filter((_, index) => isTaken(index));
  const isNew = ({ id }: OrgUnitDraft) => !store.metadata.get('organisationUnits', id);
  const created = taken.filter(isNew).length;
  const counts = {
    created,
    updated: taken.length - created,
    deleted: 0,
    ignored: drafts.length - taken.length,
    total: drafts.length,
  };
  if (options.importMode === 'COMMIT') storeParentsFirst(store, taken);
  const objectReports = drafts.flatMap(({ id }, index) =>
    problems[index]!.length === 0
      ? []
      : [
          {
            klass: ORG_UNIT_CLASS,
            index,
            uid: id,
            errorReports: problems[index]!.map(problem => errorReport(dialect, problem)),
          },
        ],
  );
  return { counts, isWrong, report: { klass: ORG_UNIT_CLASS, stats: counts, objectReports } };
}

function findProblems(
  store: Dhis2Store,
  drafts: readonly OrgUnitDraft[],
  index: number,
  { importStrategy }: MetadataImportOptions,
): Problem[] {
  const draft = drafts[index]!;
  const { id } = draft;
  if (drafts.findIndex(one => one.id === id) < index) {
    const args = [id, `class ${ORG_UNIT_CLASS}`];
    return [{ code: 'E5004', args, values: [id, ORG_UNIT_CLASS], property: 'id', mainId: id }];
  }
  const isThere = store.metadata.get('organisationUnits', id) !== undefined;
  const args = ['UID', describe(draft)];
  if (isThere && importStrategy === 'CREATE') return [{ code: 'E5000', args, mainId: id }];
  if (!isThere && importStrategy === 'UPDATE') return [{ code: 'E5001', args, mainId: id }];
  return checkOrgUnit(store, draft, drafts);
}

function storeParentsFirst({ metadata }: Dhis2Store, drafts: readonly OrgUnitDraft[]): void {
  const waiting = new Map(drafts.map(draft => [draft.id, draft]));
  const put = (draft: OrgUnitDraft) => {
    waiting.delete(draft.id);
    const parent = draft.parent && waiting.get(draft.parent.id);
    if (parent) put(parent);
    metadata.save('organisationUnits', draft as OrgUnit);
  };
  for (const draft of drafts) if (waiting.has(draft.id)) put(draft);
}
