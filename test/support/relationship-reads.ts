import type { RunningDhis2 } from '#sandbox/dhis2/index.js';

/**
 * How many tracked entities were asked for with their relationships since the last reset of the log:
 * what reading people costs a real DHIS2 (dhis2 LIVE, "Relationships are what reading people costs").
 */
export function relationshipReads({ requests }: Pick<RunningDhis2, 'requests'>): number {
  return requests.entries
    .filter(({ route }) => route === 'GET /api/tracker/trackedEntities')
    .map(({ url }) => new URLSearchParams(url.split('?')[1]))
    .filter(query => /relationships|\*/.test(query.get('fields') ?? ''))
    .flatMap(query =>
      (query.get('trackedEntities') ?? query.get('trackedEntity') ?? '').split(/[,;]/),
    )
    .filter(Boolean).length;
}
