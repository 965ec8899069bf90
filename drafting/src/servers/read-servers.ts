import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { listNearest, type Named } from '#common/reporting/named.js';
import { Dhis2Client } from '#dhis2/client/client.js';
import { readProgramRules } from '#dhis2/tracker/rules/read-program-rules.js';
import { GoDataClient } from '#godata/client/client.js';
import type { DraftRequest } from '#runtime/scaffold/draft.js';
import { choose, chooseOrNone } from './choose.js';
import type { Dhis2Side, GoDataSide } from './model.js';
import { readDataSet } from './read-data-set.js';
import { readProgram, readRelationshipTypes } from './read-dhis2.js';
import { readGoData } from './read-godata.js';

/**
 * Reads what the user chose from both servers. Everything is chosen before anything large is read.
 *
 * @throws IntegrationError `MISSING_CHOICE`, `UNKNOWN_OUTBREAK`, `UNKNOWN_PROGRAM`,
 * `UNKNOWN_DATA_SET`, `UNKNOWN_ORG_UNIT`, `AMBIGUOUS_NAME`, `NO_METADATA` (configuration)
 */
export async function readServers({
  credentials,
  choices,
  ask,
}: DraftRequest): Promise<{ dhis2: Dhis2Side; goData: GoDataSide }> {
  const goDataClient = new GoDataClient(credentials.godata as never);
  const dhis2Client = new Dhis2Client(credentials.dhis2 as never);
  const outbreaks = await goDataClient.listOutbreaks();
  const outbreak = await choose(
    {
      option: '--outbreak',
      what: 'outbreak',
      text: 'Which outbreak? (id or name)',
      code: 'UNKNOWN_OUTBREAK',
    },
    choices.outbreak,
    outbreaks,
    ask,
  );
  const all = await listAll(dhis2Client, 'programs', 'id,code,name,programType');
  const programs = all.filter(({ programType }) => programType !== 'WITHOUT_REGISTRATION');
  const chooseProgram = (option: string, whose: string, given: string | undefined) =>
    chooseOrNone(
      {
        option,
        what: 'tracker program',
        text: `Which tracker program has the ${whose}? (id, code or name; none)`,
        code: 'UNKNOWN_PROGRAM',
      },
      given,
      programs,
      ask,
    );
  const caseProgram = await chooseProgram('--case-program', 'cases', choices.caseProgram);
  const contactProgram =
    caseProgram && (await chooseProgram('--contact-program', 'contacts', choices.contactProgram));
  const dataSet = await chooseOrNone(
    {
      option: '--data-set',
      what: 'data set',
      text: 'Which data set gets the counts? (id, code or name; none)',
      code: 'UNKNOWN_DATA_SET',
    },
    choices.dataSet,
    await listAll(dhis2Client, 'dataSets', 'id,code,name'),
    ask,
  );
  const roots = await checkRoots(dhis2Client, choices.roots ?? []);
  const chosen = [caseProgram, contactProgram].flatMap(program => program?.id ?? []);
  const rules = await readProgramRules(dhis2Client, chosen);
  const read = (program: Named | undefined) =>
    program &&
    readProgram(
      dhis2Client,
      program.id,
      new Set((rules.get(program.id)?.assignments ?? []).map(({ field }) => field)),
    );
  return {
    goData: await readGoData(goDataClient, outbreak.id),
    dhis2: {
      caseProgram: await read(caseProgram),
      contactProgram: await read(contactProgram),
      relationshipTypes: contactProgram ? await readRelationshipTypes(dhis2Client) : [],
      ...(dataSet ? { dataSet: await readDataSet(dhis2Client, dataSet.id) } : {}),
      roots,
    },
  };
}

interface Listed extends Named {
  name: string;
  programType?: string;
}

/** All objects of a collection that the account sees. */
async function listAll(
  client: Dhis2Client,
  collection: 'programs' | 'dataSets',
  fields: string,
): Promise<Listed[]> {
  try {
    return await client.list<Listed>(`/${collection}`, { fields });
  } catch (error) {
    if (!(error instanceof IntegrationError) || error.code !== 'MISSING_PERMISSION') throw error;
    throw configurationError(
      'NO_METADATA',
      `The DHIS2 account may not read ${collection}: ${error.message}`,
      { fix: 'Give it the permission to read metadata. Nothing was written.' },
    );
  }
}

async function checkRoots(
  client: Dhis2Client,
  roots: readonly string[],
): Promise<readonly string[]> {
  if (roots.length === 0) return [];
  const fields = 'id,code,name';
  const organisationUnits = await client.list<Listed>('/organisationUnits', { fields });
  const unknown = roots.find(
    root => !organisationUnits.some(({ id, code }) => id === root || code === root),
  );
  if (unknown === undefined) return roots;
  throw configurationError(
    'UNKNOWN_ORG_UNIT',
    `--roots: the account sees no org unit with the id or code "${unknown}". ${listNearest(unknown, organisationUnits, 'It sees', 'org unit')}`,
    { fix: 'Use the id or the code of one. Nothing was written.' },
  );
}
