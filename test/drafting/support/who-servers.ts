import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import type { Row } from '#common/people-mapping/rows.js';
import { type Dhis2Seed, demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { type BothServers, joinServers } from '../../support/both-servers.js';

const TODAY = '2026-11-24';
const FREE_TEXT = 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_FREE_TEXT';

/** A questionnaire that asks for all answers of some rows, in plain words. */
function toTemplate(rows: readonly Row[] = []) {
  const variables = rows.flatMap(({ answers }) => Object.keys(answers ?? {}));
  return [...new Set(variables)].map((variable, index) => ({
    variable,
    text: variable.replaceAll('_', ' '),
    answerType: FREE_TEXT,
    category: 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_CATEGORY_CLINICAL',
    order: index + 1,
    required: false,
    answers: [],
  }));
}

/**
 * Both servers with WHO's programs, and an outbreak whose questionnaires have the variables of a
 * mapping.
 *
 * @param change of what DHIS2 has
 */
export async function startWhoServers(
  mapping: PeopleMapping,
  change: (seed: Dhis2Seed) => void = () => {},
): Promise<BothServers> {
  const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 20 });
  const clock = () => new Date(`${TODAY}T12:00:00.000Z`);
  const metadata = addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 20 });
  change(metadata);
  const dhis2 = await startDhis2({ jobWaitMs: 0, seed: metadata, clock });
  const [outbreak] = seed.outbreaks!;
  const goData = await startGoData({
    seed: {
      ...seed,
      outbreaks: [
        {
          ...outbreak!,
          name: 'COVID-19',
          caseInvestigationTemplate: toTemplate(mapping.case.rows),
          contactInvestigationTemplate: toTemplate(mapping.contact?.rows),
          contactFollowUpTemplate: toTemplate(mapping.followUps?.rows),
        },
      ],
    },
    clock,
  });
  const [account] = goData.store.users.list();
  return joinServers(goData, dhis2, account as unknown as { email: string; password: string });
}
