import type { Rejected } from '#common/reporting/report.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';
import { table } from '../table.js';
import { stackedBars } from './curve.js';

/** People read by kind and day, and the fields that both systems changed. */
export function peopleSections({ report }: PageData, language: Language): HTMLElement[] {
  const { texts } = language;
  const { arrivals } = report.figures ?? {};
  const kinds = Object.entries(arrivals?.kinds ?? {}).map(
    ([key, counts]) => [nameOf(key, language), counts] as const,
  );
  const read =
    arrivals && kinds.length > 0
      ? stackedBars(texts.arrivals, texts.day, arrivals.days, Object.fromEntries(kinds), language)
      : [];
  return [
    ...(read.length > 0
      ? [section('people', texts.people, element('p', {}, texts.arrivals), ...read)]
      : []),
    ...conflictSections(report, language),
  ];
}

/** `case/dhis2` → cases (DHIS2): a run both ways reads people in both systems. */
function nameOf(key: string, { texts }: Language): string {
  const [kind = '', side] = key.split('/');
  return `${texts.things[kind] ?? kind} (${side === 'dhis2' ? 'DHIS2' : 'Go.Data'})`;
}

/** Values are never told: only that they differ, whose field it is, and when it was changed. */
function conflictSections(report: PageData['report'], language: Language): HTMLElement[] {
  const { texts, time } = language;
  const conflicts = Object.values(report.report)
    .flatMap(({ rejected = [] }) => rejected)
    .filter(({ code }) => code === 'CONFLICT');
  if (conflicts.length === 0) return [];
  const side = (changed: string | undefined) =>
    changed === undefined
      ? texts.valueDiffers
      : `${texts.valueDiffers}, ${fill(texts.changedAt, { time: time(changed) })}`;
  const rows = joinWays(conflicts).map(({ kind, id, field = '', changedAt = {} }) => [
    ...[texts.words[kind] ?? kind, id, field, texts.latest],
    ...[side(changedAt.godata), side(changedAt.dhis2)],
  ]);
  const heads = [
    ...[texts.kind, texts.record, texts.field, texts.owner],
    ...[texts.valueInGoData, texts.valueInDhis2],
  ];
  return [
    section(
      'conflicts',
      texts.conflicts,
      element('p', {}, texts.conflictsNote),
      table(language, texts.conflicts, heads, rows),
    ),
  ];
}

/** Both ways of a two-way run tell the same conflict, each with the time of the system it writes to. */
function joinWays(conflicts: readonly Rejected[]): Rejected[] {
  const joined = new Map<string, Rejected>();
  for (const one of conflicts) {
    const key = `${one.id} ${one.field}`;
    const { changedAt } = joined.get(key) ?? {};
    joined.set(key, { ...one, changedAt: { ...changedAt, ...one.changedAt } });
  }
  return [...joined.values()];
}
