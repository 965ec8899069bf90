import type { Tally } from '#common/handover/tally.js';
import { declare } from '#common/reporting/declaration.js';
import { nextState } from '#common/reporting/next-state.js';
import type { State, StepReport } from '#common/reporting/report.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';
import { findOutbreak } from '../client/find-outbreak.js';
import { codesOf } from './dimension.js';
import { resolveTally, type TallyOptions } from './options.js';
import { tallyPeople } from './tally-people.js';

/**
 * Counts the people of an outbreak, or their follow-ups or lab results, by location, period and
 * dimensions. It reads records page by page and counts them at once, so memory and state do not
 * grow with their number. It requests only the properties that the dimensions name.
 *
 * Records without a date, dated in the future or outside the window are left out and reported.
 * Follow-ups are planned ahead: `where` leaves later ones out. Go.Data lists lab results of
 * contacts only if the outbreak allows them.
 *
 * @public
 * @function
 * @param {string} model - `cases`, `contacts`, `contacts-of-contacts`, `events`, `follow-ups` or `lab-results`
 * @param {TallyOptions} options - Outbreak, date field, period type, window, dimensions
 * @returns {Operation}
 * @state {Tally} data - The counts
 * @state report - Under `fetch-<model>`: read, counted, leftOut
 * @state today - Optional input, `yyyy-MM-dd`: the day that counts as today
 * @example <caption>Weekly counts of the last 12 weeks by classification and sex</caption>
 * tally('cases', {
 *   outbreak: { name: 'Cholera 2026' },
 *   periodType: 'Weekly',
 *   window: { last: 12 },
 *   dimensions: { classification: classification(), sex: sex() },
 * });
 * @example <caption>Follow-ups until today by status and sex</caption>
 * tally('follow-ups', {
 *   outbreak: { name: 'Cholera 2026' },
 *   periodType: 'Weekly',
 *   where: state => ({ date: { lte: state.today } }),
 *   dimensions: { status: followUpStatus(), sex: ofPerson(sex()) },
 * });
 */
export function tally(model: string, options: TallyOptions) {
  const operation = async <S extends State>(state: S) => {
    const today =
      typeof state.today === 'string' ? state.today : new Date().toISOString().slice(0, 10);
    const resolved = resolveTally(model, options, state, today);
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const outbreak = await findOutbreak(client, resolved.outbreak);
    const { tally, report }: { tally: Tally; report: StepReport } = await tallyPeople(
      client,
      outbreak,
      resolved,
    );
    return nextState(state, `fetch-${model}`, tally, report);
  };
  return declare(operation, { gives: { dimensions: codesOf(options?.dimensions ?? {}) } });
}
