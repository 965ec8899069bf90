import type { SeedUser } from '../../accounts/types.js';
import type { ServerContext } from '../../server-context.js';
import type { ImportDialect } from '../dialect.js';
import { runRules } from '../rules/run-rules.js';
import { TRACKER_KINDS } from '../store/references.js';
import type { TrackerKind } from '../types.js';
import { Bundle, type Strategy } from './bundle.js';
import { refuseUnwritable } from './commit/refuse-unwritable.js';
import { writeBundle } from './commit/write-bundle.js';
import { completeEvent } from './complete-event.js';
import { resolveIds } from './id-schemes.js';
import type { ImportParams } from './params.js';
import type { Payload, PayloadObjects } from './payload.js';
import { selectPersistables } from './persistables.js';
import { completedReport, type ImportReport, refusedReport, type TypeReport } from './report.js';
import type { Reporter } from './reporter.js';
import { validateBundle } from './validate/validate-bundle.js';

/**
 * Imports into Tracker: validates all objects, then writes all of them, or only the valid ones
 * (dhis2 FACTS §4.1).
 */
export function runImport(
  context: ServerContext,
  user: SeedUser,
  payload: Payload,
  params: ImportParams,
): ImportReport {
  const { store } = context;
  const dialect = context.dialect.tracker.import;
  const resolved = resolveIds(payload, params.idSchemes, store.metadata);
  const bundle = new Bundle(
    { ...resolved, events: resolved.events.map(one => completeEvent(store.metadata, one)) },
    params.strategy,
    store.tracker,
    id => store.metadata.get('relationshipTypes', id)?.bidirectional === true,
    dialect.readsTwice,
  );
  const reporter = validateBundle(context, user, bundle, params.failsFast);
  let persistables = selectPersistables(bundle, reporter, store.tracker);
  if (params.runsRules && params.strategy !== 'DELETE') {
    runRules(context, user, bundle, persistables, reporter);
    persistables = selectPersistables(bundle, reporter, store.tracker);
  }
  if (params.isAtomic && reporter.errors.length > 0) {
    const size = TRACKER_KINDS.reduce((all, kind) => all + bundle.sizes[kind], 0);
    return refusedReport(reporter, size);
  }
  if (params.validatesOnly) return completedReport(reporter, []);
  refuseUnwritable(store, dialect, bundle, persistables);
  const types = TRACKER_KINDS.map(kind =>
    describe(bundle, dialect, reporter, kind, persistables[kind]),
  );
  if (params.strategy === 'DELETE') {
    for (const kind of TRACKER_KINDS) {
      for (const { uid } of persistables[kind]) store.tracker.delete(kind, uid);
    }
  } else {
    writeBundle(store, bundle, persistables);
  }
  return completedReport(reporter, types);
}

/**
 * The result for the objects of a kind; computed before they are written, because writing changes
 * it.
 */
function describe(
  bundle: Bundle,
  { countsLeftOut }: ImportDialect,
  { errors }: Reporter,
  kind: TrackerKind,
  objects: readonly PayloadObjects[TrackerKind][],
): TypeReport {
  // An existing relationship never changes (E4015).
  const changes = objects.filter(
    one => kind !== 'relationships' || bundle.strategyOf(one) !== 'UPDATE',
  );
  const wrong = new Set(errors.flatMap(one => (one.kind === kind ? one.uid : [])));
  const unchanged = objects.length - changes.length;
  const count = (strategy: Strategy) =>
    changes.filter(one => bundle.strategyOf(one) === strategy).length;
  return {
    kind,
    created: count('CREATE'),
    updated: count('UPDATE'),
    deleted: count('DELETE'),
    ignored: countsLeftOut ? bundle.sizes[kind] - changes.length : wrong.size + unchanged,
    unchanged,
    uids: changes.map(({ uid }) => uid),
  };
}
