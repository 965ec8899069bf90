import type { NamedInGoData } from '#common/handover/named-in-godata.js';
import { checkGoData } from '#common/people-mapping/check-godata.js';
import { badPeopleMapping } from '#common/people-mapping/problems.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import type { Finding } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { OutbreakRecord } from '#godata/client/types/index.js';
import { describeQuestions, QUESTION_FIELDS } from '../../describe/questions.js';
import { idChunks } from '../../id-chunks.js';
import type { References } from '../read/references.js';
import type { TargetOutbreak } from './choose-outbreaks.js';

/**
 * Holds what the mapping names in Go.Data against the reference data and the questionnaires of the
 * outbreaks that people are written to.
 *
 * @param outbreaks with their questionnaires, see {@link readQuestionnaires}
 * @returns what is no problem, and worth saying
 * @throws IntegrationError `BAD_MAPPING` (configuration) with all problems
 */
export function checkNamed(
  named: NamedInGoData | undefined,
  outbreaks: readonly Partial<OutbreakRecord>[],
  { items }: References,
): Finding[] {
  if (!named) return [];
  // Without an outbreak only the reference data can be checked.
  const asked = outbreaks.length > 0 ? named : { ...named, questions: {} };
  const checks = (outbreaks.length > 0 ? outbreaks : [{}]).map((one: Partial<OutbreakRecord>) =>
    checkGoData(asked, { name: String(one.name), questions: describeQuestions(one), items }),
  );
  const problems = new Map<string, Problem>();
  for (const one of checks.flatMap(check => check.problems)) problems.set(one.message, one);
  if (problems.size > 0) throw badPeopleMapping([...problems.values()]);
  return checks.flatMap(({ findings }) => findings);
}

/**
 * Reads the outbreaks of people with the questionnaires that a mapping names. Outbreaks from a list
 * come without them, because they can be large. A new outbreak has those that the job gives it, or
 * none.
 *
 * @returns one for each target
 */
export async function readQuestionnaires(
  client: GoDataClient,
  { questions }: Pick<NamedInGoData, 'questions'> = { questions: {} },
  targets: readonly TargetOutbreak[],
): Promise<Partial<OutbreakRecord>[]> {
  const bare = targets.flatMap(({ existing }) =>
    existing && !('caseInvestigationTemplate' in existing) ? existing.id : [],
  );
  const full = new Map<string, OutbreakRecord>();
  for (const chunk of Object.keys(questions).length > 0 ? idChunks(bare) : []) {
    const where = { id: { inq: chunk } };
    const fields = ['name', ...QUESTION_FIELDS];
    for (const one of await client.server.outbreaks.list({ where, fields })) full.set(one.id, one);
  }
  return targets.map(({ existing, create = {} }) =>
    existing ? (full.get(existing.id) ?? existing) : create,
  );
}
