import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { ACRE, aCase } from '../support/outbreak.js';
import { type EditedProject, editProject } from '../support/project.js';
import {
  type Servers,
  type ServerTraits,
  startServers,
  valuesInWords,
} from '../support/workflow.js';

let servers: Servers | undefined;
let project: EditedProject | undefined;
afterEach(async () => {
  await servers?.close();
  project?.remove();
});

/** Runs the command with an edited mapping. */
async function run(edit: (source: string) => string, traits: ServerTraits = {}) {
  servers = await startServers({ people: [aCase()], ...traits });
  project = editProject({ 'aggregate.js': edit });
  const { status, stdout, stderr } = await runCommand([
    'run',
    'cases-to-data-values',
    '--project',
    project.folder,
    '--credentials',
    temporaryJson('credentials.json', servers.credentials),
    '--state',
    temporaryJson('state.json', { today: '2026-04-01' }),
  ]);
  return { status, text: stdout + stderr, problems: stderr.split('\n').filter(isProblem) };
}
const isProblem = (line: string) => /^\s*- [A-Z_]+: /.test(line);

async function refuse(edit: (source: string) => string, traits: ServerTraits = {}) {
  const result = await run(edit, traits);
  expect(result.status, result.text).toBe(2);
  expect(servers!.dhis2.requests.writes()).toBe(0);
  return result.problems;
}

const DALE_TOO = { id: 'VillageD002', name: 'Dale', openingDate: '1990-01-01' };
const withTable = (word: string) => (source: string) =>
  source.replace("by: ['id', 'code']", `by: ['table'], table: { ${ACRE}: '${word}' }`);

describe('an object that the mapping names', () => {
  it('by its exact name is found: data set, data element, category option, org unit', async () => {
    const { status, text } = await run(
      source =>
        withTable('Coll')(source)
          .replace("'OUTBREAK_WEEKLY'", "'Weekly outbreak report'")
          .replace("'OUTBREAK_CASES_CONFIRMED'", "'Cases, confirmed'")
          .replace("'AGE_25_49'", "'25-49 years'"),
      {
        dhis2: seed => {
          seed.dataSets[0]!.name = 'Weekly outbreak report';
        },
      },
    );
    expect(status, text).toBe(0);
    expect(valuesInWords(servers!.dhis2)).toEqual({
      'Coll 2026W10 OUTBREAK_CASES_CONFIRMED AGE_25_49+SEX_FEMALE': '1',
    });
  });

  it('but that does not exist is a problem that lists existing objects, nearest names first', async () => {
    const problems = await refuse(source =>
      withTable('Brenn')(source)
        .replace("'OUTBREAK_WEEKLY'", "'OUTBREAK_WEEKYL'")
        .replace("'OUTBREAK_DEATHS'", "'OUTBREAK_DEATH'"),
    );
    expect(problems).toEqual([
      expect.stringMatching(
        /UNKNOWN_DATA_SET: .*"OUTBREAK_WEEKYL"\. It sees: .*\(OUTBREAK_WEEKLY, \w{11}\)\.$/,
      ),
      expect.stringMatching(
        /UNKNOWN_ORG_UNIT: .*"Brenn".* The account sees: Bren \(CODE_BREN, VillageB001\); /,
      ),
      expect.stringMatching(
        /UNKNOWN_DATA_ELEMENT: .*"OUTBREAK_DEATH"\. It sees: Deaths \(OUTBREAK_DEATHS, \w{11}\); /,
      ),
    ]);
  });

  it('but that is not in the data set is a problem that lists the data elements and category options there', async () => {
    const problems = await refuse(source =>
      source.replace("'OUTBREAK_DEATHS'", "'OUTBREAK_DEATH'").replace("'SEX_MALE'", "'SEX_MAEL'"),
    );
    expect(problems).toEqual([
      expect.stringMatching(
        /UNKNOWN_DATA_ELEMENT: .*"OUTBREAK_DEATH"\. The data set ".*" has: Deaths /,
      ),
      expect.stringMatching(
        /UNKNOWN_CATEGORY_OPTION: .*"SEX_MAEL"\. It has: Male \(SEX_MALE, \w{11}\); .*Also: Data element "OUTBREAK_CASES_PROBABLE", .*\.$/,
      ),
    ]);
  });

  it('lists ten at most', async () => {
    const [problem] = await refuse(source => source.replace("'OUTBREAK_WEEKLY'", "'NO_SUCH'"), {
      dhis2: seed => {
        const [first] = seed.dataSets;
        for (let n = 10; n < 25; n += 1) {
          seed.dataSets.push({
            ...first!,
            id: `DataSetNo${n}`,
            code: `SET_${n}`,
            name: `Set ${n}`,
          });
        }
      },
    });
    expect(problem!.match(/\(SET_\d+, DataSetNo\d+\)/g)!.length).toBeLessThanOrEqual(10);
    expect(problem).toMatch(/; 6 more\.$/);
  });

  it('by a name of several objects is refused with the id and name of each', async () => {
    const problems = await refuse(withTable('Dale'), {
      dhis2: seed => {
        seed.organisationUnits.push({ ...DALE_TOO, parent: seed.organisationUnits[1]!.parent! });
      },
    });
    expect(problems).toEqual([
      expect.stringMatching(
        /AMBIGUOUS_ORG_UNIT: .*"Dale" names several org units: .*VillageD00[12]\); Dale \(.*VillageD00[12]\)\. Use an id\.$/,
      ),
    ]);
  });
});

describe('problems with one cause', () => {
  it('are reported once: ten category options without data sharing, in five data elements', async () => {
    const problems = await refuse(source => `${source} `, {
      dhis2: seed => {
        for (const option of seed.categoryOptions) option.writeAccess = ['admin'];
      },
    });
    const options = problems.filter(line => line.includes('NO_WRITE_ACCESS'));
    expect(options).toHaveLength(10);
    expect(problems).toHaveLength(10);
    for (const line of options) {
      expect(line).toMatch(
        /: Data element "OUTBREAK_CASES_SUSPECTED": the account may not write .*Also: (Data element "\w+", ){3}Data element "\w+"\.$/,
      );
    }
  });

  it("are reported once: org units outside the account's scope", async () => {
    const people = ['VillageA001', 'VillageB001', 'VillageC001'].map(location =>
      aCase({ location }),
    );
    const problems = await refuse(source => `${source} `, {
      people,
      dhis2: seed => {
        const user = seed.users.find(({ username }) => username === 'integration')!;
        user.organisationUnits = [{ id: 'VillageD001' }];
      },
    });
    expect(problems).toEqual([
      expect.stringMatching(
        /ORG_UNIT_OUT_OF_REACH: .*"Acre" \(VillageA001\)\. Also: "Bren" \(VillageB001\), "Coll" \(VillageC001\)\.$/,
      ),
    ]);
  });
});
