import { isJsonObject } from '#common/http/index.js';
import type { RestAccess } from '../../client/rest/request.js';
import { importParts } from '../import/import-rows.js';
import { readImportSummary } from '../import/import-summary.js';
import { hintFor } from '../import/known-faults.js';
import type { DataValueRow, Refusal } from '../import/refused-rows.js';
import type { DataValueImport } from './data-value-import.js';
import { refusedImport } from './import-report.js';
import { type NormalisedRows, normaliseRows } from './normalise-rows.js';
import {
  chunkPositions,
  type DataValueSet,
  isAllOrNothing,
  mergeSummaries,
  placeSummary,
  type Summary,
  toSummary,
} from './payload-chunks.js';
import { type SendOptions, sendValues, withSummary } from './send-values.js';

/**
 * Imports data values that a job gives: in parts where this makes no difference, and in the
 * background if `async` is set. Rows that a server cannot read are not sent. Rows that make a
 * server refuse the whole request are removed, so that every version stores the valid rows.
 *
 * @throws IntegrationError `IMPORT_REFUSED` when nothing can be sent
 */
export async function importPayload(
  access: RestAccess,
  given: DataValueSet,
  options: SendOptions,
): Promise<DataValueImport> {
  // A text has a format that only the server can read.
  if (!isJsonObject(given)) return importWhole(access, given, options);
  const { payload, refusals, headerProblem } = await normaliseFor(access, given);
  if (headerProblem) throw refusedImport([{ ...headerProblem, indexes: [] }]);
  const rows = payload.dataValues;
  if (!Array.isArray(rows)) return importWhole(access, payload, options);
  const isWhole = isAllOrNothing(payload, options.query);
  if (refusals.length > 0 && (isWhole || refusals.length === rows.length)) {
    throw refusedImport(refusals.map(({ index, ...reason }) => ({ ...reason, indexes: [index] })));
  }
  if (isWhole) return importWhole(access, payload, options);
  return importRest(access, payload, options, refusals);
}

/** Normalises rows. The server judges periods of other calendars. */
async function normaliseFor({ client }: RestAccess, given: DataValueSet): Promise<NormalisedRows> {
  const normalised = normaliseRows(given);
  const { headerProblem, refusals } = normalised;
  const isPeriod = ({ code }: { code: string }) => code === 'E7611';
  if (!(headerProblem ? [headerProblem] : refusals).some(isPeriod)) return normalised;
  if ((await client.systemInfo()).calendar === 'iso8601') return normalised;
  return {
    ...normalised,
    refusals: refusals.filter(one => !isPeriod(one)),
    headerProblem: headerProblem && isPeriod(headerProblem) ? undefined : headerProblem,
  };
}

async function importWhole(
  access: RestAccess,
  payload: DataValueSet,
  options: SendOptions,
): Promise<DataValueImport> {
  const { answer, summary } = await sendValues(access, payload, options);
  const size = Array.isArray(payload.dataValues) ? payload.dataValues.length : undefined;
  return {
    data: withSummary(answer.body, summary),
    summary,
    answer,
    size,
    hints: await hintsFor(access, summary),
  };
}

/** Imports the rows that have not been refused yet. */
async function importRest(
  access: RestAccess,
  payload: DataValueSet,
  options: SendOptions,
  refused: readonly Refusal[],
): Promise<DataValueImport> {
  const { dataValues, completeDate, ...header } = payload;
  const rows = dataValues!;
  const unsendable = new Set(refused.map(({ index }) => index));
  const positions = rows.map((_, index) => index).filter(index => !unsendable.has(index));
  const summaries: Summary[] = refused.length > 0 ? [toSummary(refused)] : [];
  let sent: Awaited<ReturnType<typeof sendValues>> | undefined;
  for (const chunk of chunkPositions(payload, positions, options.query)) {
    const send = async (indexes: number[]) => {
      // A data set is complete only with all of its values (dhis2 LIVE 186).
      const completion = indexes.length === rows.length ? { completeDate } : {};
      const part = indexes.map(index => rows[chunk[index]!]);
      sent = await sendValues(access, { ...header, ...completion, dataValues: part }, options);
      return readImportSummary(sent.answer.status, sent.summary);
    };
    const effective = chunk.map(index => ({ ...header, ...(rows[index] as object) }));
    for await (const part of importParts(send, effective as unknown as DataValueRow[])) {
      const places = part.positions.map(position => chunk[position]!);
      const { refusals } = part;
      if (!part.summary.aborted) summaries.push(placeSummary(sent!.summary, places));
      else if (refusals.length > 0) {
        const placed = refusals.map(one => ({ ...one, index: chunk[one.index]! }));
        summaries.push({ ...sent!.summary, ...toSummary(placed) });
      }
    }
  }
  const summary = mergeSummaries(summaries);
  return {
    data: withSummary(sent!.answer.body, summary),
    summary,
    answer: sent!.answer,
    size: rows.length,
    hints: await hintsFor(access, summary),
  };
}

/** Requests the server's version only if a known fault may be the reason. */
async function hintsFor(
  { client }: RestAccess,
  { conflicts = [] }: Summary,
): Promise<Record<string, string>> {
  const codes = new Set(conflicts.map(({ errorCode }) => String(errorCode)));
  if (!codes.has('E8030')) return {};
  return { E8030: hintFor('E8030', await client.systemInfo()) };
}
