import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startWhoServers } from '../drafting/support/who-servers.js';
import type { BothServers } from '../support/both-servers.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { loadShippedMapping } from '../support/shipped-mapping.js';
import { PROJECT } from '../support/workflow.js';

let servers: BothServers;
let credentials: string;
beforeAll(async () => {
  const { mapping } = await loadShippedMapping();
  servers = await startWhoServers(mapping, seed => {
    // A second attribute with the name of another, as a country's own package may have it.
    const surname = seed.trackedEntityAttributes!.find(({ id }) => id === SURNAME)!;
    const address = seed.trackedEntityAttributes!.find(({ id }) => id === 'Xhdn49gUd52')!;
    address.name = surname.name;
    // And two programs of one name.
    for (const program of seed.programs!) program.name = PROGRAM;
    // And two relationship types.
    for (const id of ['RelTypeTwo1', 'RelTypeTwo2']) {
      seed.relationshipTypes!.push({ ...seed.relationshipTypes![0]!, id, name: TYPE });
    }
  });
  credentials = temporaryJson('credentials.json', servers.credentials);
});
afterAll(() => servers.close());

const SURNAME = 'ENRjVGxVL6l';
const PROGRAM = 'COVID-19';
const TYPE = 'Two relationship types';
const THERE = 'tracked-entities-to-cases';
const BACK = 'cases-to-tracked-entities';

type Edits = readonly (readonly [from: string, to: string])[];

const edited = (edits: Edits, job = 'map-people.js', folder = 'people') =>
  editProject(
    { [job]: source => edits.reduce((text, [from, to]) => text.replace(from, to), source) },
    folder,
  );

/** Checks an edited mapping against both servers. */
async function checkOnline(edits: Edits) {
  const project = edited(edits);
  onTestFinished(project.remove);
  return runCommand([
    ...['check', '--online', '--project', project.folder, '--credentials', credentials],
  ]);
}

/** Runs both directions, or one, with an edited mapping or job, and checks that nothing was written. */
async function refuse(
  edits: Edits,
  workflows: readonly string[] = [THERE, BACK],
  { job, folder } = { job: 'map-people.js', folder: 'people' },
): Promise<string[]> {
  const project = edited(edits, job, folder);
  const texts: string[] = [];
  for (const workflow of workflows) {
    const before = servers.dhis2.requests.writes() + servers.goData.requests.writes();
    const { status, stdout, stderr } = await runCommand([
      ...['run', workflow, '--project', project.folder, '--credentials', credentials],
    ]);
    const text = stdout + stderr;
    expect({ workflow, status, text }).toMatchObject({ workflow, status: 2 });
    expect(servers.dhis2.requests.writes() + servers.goData.requests.writes()).toBe(before);
    texts.push(text);
  }
  project.remove();
  return texts;
}

/** The message of a problem. */
const problem = (code: string, text: string) => new RegExp(`^- ${code}: .*${text}`, 'm');

describe('a mapping of people that does not fit the servers', () => {
  it.each<[what: string, from: string, to: string, says: RegExp]>([
    [
      'an attribute by a name that is not there',
      `row('lastName', attribute('${SURNAME}'))`,
      "row('lastName', attribute('Surnam'))",
      problem(
        'UNKNOWN_ATTRIBUTE',
        'case, row lastName: no attribute "Surnam".* The nearest: "Surname"',
      ),
    ],
    [
      'a name of two attributes',
      `row('lastName', attribute('${SURNAME}'))`,
      "row('lastName', attribute('Surname'))",
      problem(
        'AMBIGUOUS_NAME',
        'case, row lastName: 2 objects .*ENRjVGxVL6l.*Xhdn49gUd52.*Use the id',
      ),
    ],
    [
      'a place of a wrong value type',
      "row('dob', attribute('NI0QRzJvQ0k'))",
      "row('dob', attribute('PATINFO_AGEONSET'))",
      problem(
        'VALUE_TYPE',
        'case, row dob: DHIS2 has the value type .* the field needs one of DATE',
      ),
    ],
    [
      'two codes for one item',
      "{ ALIVE: 'NOT_RECOVERED' }",
      '{}',
      problem(
        'AMBIGUOUS_CODE',
        'case, row outcomeId: the codes NOT_RECOVERED and HEALTHY both mean ALIVE',
      ),
    ],
    [
      'two rows for one place',
      "row('firstName', attribute('sB1IHYu2xQT'))",
      `row('firstName', attribute('${SURNAME}'))`,
      problem(
        'TWO_ROWS',
        'case, row firstName and case, row lastName: both write ENRjVGxVL6l in DHIS2',
      ),
    ],
    [
      'an item that Go.Data does not have',
      "FEMALE: 'FEMALE' }",
      "FEMALE: 'FEMAL' }",
      problem(
        'UNKNOWN_REFERENCE_DATA',
        'case, row gender: Go.Data has no reference data GENDER_FEMAL\\. The nearest in GENDER: FEMALE, MALE\\. Also: contact, row gender\\.',
      ),
    ],
    [
      'a category that Go.Data does not have',
      "codes('OUTCOME',",
      "codes('OUTCOMES',",
      problem(
        'UNKNOWN_REFERENCE_DATA',
        'OUTCOMES_ALIVE\\. No category with items fits; the nearest: OUTCOME',
      ),
    ],
    [
      'a variable that the questionnaire does not have',
      "patcourse_asymp: 'JGnHr6WI3AY', signsymp_fever",
      "patcourse_asymptom: 'JGnHr6WI3AY', signsymp_fever",
      problem(
        'UNKNOWN_VARIABLE',
        'case, row questionnaireAnswers\\.patcourse_asymptom: the questionnaire of cases in the outbreak "COVID-19" has no question with the variable "patcourse_asymptom"\\. The nearest: patcourse_asymp',
      ),
    ],
    [
      'an option code that DHIS2 does not have',
      "FEMALE: 'FEMALE' }",
      "FEMAL: 'FEMALE' }",
      problem(
        'UNKNOWN_OPTION',
        'case, row gender: no option of the option set ".*" \\(\\w{11}\\) has the code "FEMAL"\\. The nearest: FEMALE, MALE.*\\. Also: contact, row gender\\.',
      ),
    ],
    [
      'an option code that is never written, and has no item',
      'UNKNOWN: null, OTHER: null,\n  },\n  { ALIVE',
      'UNKNOWN: null, OTHR: null,\n  },\n  { ALIVE',
      problem(
        'UNKNOWN_OPTION',
        'case, row outcomeId: .* has the code "OTHR"\\. The nearest: OTHER',
      ),
    ],
    [
      'an option code of an answer',
      'answers(outcome, { outcome_patcourse_status: outcomeCode.ref }, oneWay),',
      "answers(outcome, { outcome_patcourse_status: outcomeCode.ref }, { ...oneWay, codes: { outcome_patcourse_status: codes({ HEALTHI: 'x' }) } }),",
      problem(
        'UNKNOWN_OPTION',
        'case, row questionnaireAnswers\\.outcome_patcourse_status: .* has the code "HEALTHI"\\. The nearest: HEALTHY',
      ),
    ],
    [
      'a code in a table that only a function of a row reads',
      "NO: 'NOT_PREGNANT'",
      "NON: 'NOT_PREGNANT'",
      problem(
        'UNKNOWN_OPTION',
        '.*pregnancyStatus.*(: NON\\. It has: NO,|"NON"\\. The nearest: NO,)',
      ),
    ],
    [
      'a relationship type that is not there',
      "type: 'ipjUWSTPKFt'",
      "type: 'Has been in contact'",
      problem(
        'UNKNOWN_RELATIONSHIP_TYPE',
        'relationship\\.type: no relationship type "Has been in contact" .* The nearest: "',
      ),
    ],
    [
      'a name of two relationship types',
      "type: 'ipjUWSTPKFt'",
      `type: '${TYPE}'`,
      problem('AMBIGUOUS_NAME', 'relationship\\.type: 2 objects have the name .*Use the id'),
    ],
    [
      'no table of codes',
      "row('gender', attribute('oindugucx72'), { codes: sexes })",
      "row('gender', attribute('oindugucx72'))",
      problem('NEEDS_CODES', 'case, row gender: the field holds reference data'),
    ],
  ])('is refused in both directions for %s, and nothing is written', async (_, from, to, says) => {
    const source = from === "codes('OUTCOME'," ? "codes(\n  'OUTCOME'," : from;
    const target = from === "codes('OUTCOME'," ? "codes(\n  'OUTCOMES'," : to;
    for (const text of await refuse([[source, target]])) {
      expect(text).toMatch(/BAD_MAPPING|The mapping of people has/);
      expect(text).toMatch(says);
    }
  });

  it('is refused with the problems of both servers at once on the way to DHIS2', async () => {
    const edits = [
      [`row('lastName', attribute('${SURNAME}'))`, "row('lastName', attribute('Surnam'))"],
      ["FEMALE: 'FEMALE' }", "FEMALE: 'FEMAL' }"],
      ['hfac_no:', 'hfac_nr:'],
    ] as const;
    const [text] = await refuse(edits, [BACK]);
    expect(text).toContain('The mapping of people has 3 problems');
    expect(text).toMatch(/row lastName: no attribute "Surnam" .* Also: contact, row lastName\.$/m);
    for (const code of ['UNKNOWN_ATTRIBUTE', 'UNKNOWN_REFERENCE_DATA', 'UNKNOWN_VARIABLE']) {
      expect(text).toContain(`- ${code}: `);
    }
  });

  it('is refused with all problems of Go.Data at once on the way there, and by check --online', async () => {
    const edits = [
      ["FEMALE: 'FEMALE' }", "FEMALE: 'FEMAL' }"],
      ['hfac_no:', 'hfac_nr:'],
    ] as const;
    const [text] = await refuse(edits, [THERE]);
    expect(text).toContain('The mapping of people has 2 problems');
    const { status, stdout } = await checkOnline(edits);
    expect(status).toBe(2);
    for (const workflow of [THERE, BACK, 'two-way']) {
      const own = stdout.slice(stdout.indexOf(`${workflow}, `));
      expect(own).toContain('UNKNOWN_REFERENCE_DATA: case, row gender');
      expect(own).toContain('UNKNOWN_VARIABLE: case, row questionnaireAnswers.hfac_nr');
    }
  });

  it('is refused for option codes and relationship types by check --online, whichever way', async () => {
    const edits = [
      ["FEMALE: 'FEMALE' }", "FEMAL: 'FEMALE' }"],
      ["type: 'ipjUWSTPKFt'", "type: 'Has been in contact'"],
    ] as const;
    const { status, stdout } = await checkOnline(edits);
    expect(status).toBe(2);
    expect(stdout.match(/UNKNOWN_RELATIONSHIP_TYPE: relationship\.type/g)).toHaveLength(3);
    expect(stdout.match(/UNKNOWN_OPTION: case, row gender: /g)).toHaveLength(3);
  });

  it('is refused if it is of the old form, with the page that says what to change', async () => {
    const edit = ['case: { program: CASES, rows: cases },', 'case: () => ({}),'] as const;
    for (const text of await refuse([edit])) {
      expect(text).toContain('needs lists of rows, not functions of a person');
      expect(text).toContain('docs/upgrading.md');
    }
  });

  it.each([
    ['of cases', "const CASES = 'uYjxkTbwRNf'", "const CASES = 'COVID19_CB'"],
    ['of contacts', "const CONTACTS = 'DM9n1bUw8W8'", "const CONTACTS = 'COVID19_CONTACT'"],
  ])(
    'is refused for a program %s that is not there; the nearest names come first',
    async (_, from, to) => {
      const [text] = await refuse([[from, to]], [BACK]);
      expect(text).toMatch(/UNKNOWN_PROGRAM.*It sees: .*COVID19_C(BS|ONTACTS)/);
    },
  );
});

describe("WHO's mapping for a program that is not there", () => {
  it.each([THERE, BACK])(
    'is refused by a run and a dry run, with status 2 (%s)',
    async workflow => {
      const project = editProject(
        {
          'map-people.js': source =>
            source.replace("const CASES = 'uYjxkTbwRNf'", "const CASES = 'uYjxkTbwRNg'"),
        },
        'people',
      );
      onTestFinished(project.remove);
      const writes = () => servers.dhis2.requests.writes() + servers.goData.requests.writes();
      const before = writes();
      for (const more of [[], ['--dry-run']]) {
        const { status, stderr } = await runCommand([
          ...['run', workflow, '--project', project.folder, '--credentials', credentials, ...more],
        ]);
        expect(stderr).toContain('"uYjxkTbwRNg"');
        expect(stderr).toMatch(/OTHER_PROGRAM|UNKNOWN_PROGRAM/);
        expect(status).toBe(2);
      }
      expect(writes()).toBe(before);
    },
  );
});

describe('an answer that a question does not offer', () => {
  it('is refused in both directions, with the nearest answers, and nothing is written', async () => {
    const { outbreaks } = servers.goData.store;
    const [outbreak] = outbreaks.list() as unknown as {
      id: string;
      caseInvestigationTemplate: { variable: string }[];
    }[];
    const before = outbreak!.caseInvestigationTemplate;
    outbreaks.update(outbreak!.id, {
      caseInvestigationTemplate: before.map(question =>
        question.variable === 'signsymp_cough'
          ? {
              ...question,
              answerType: 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_SINGLE_ANSWER',
              answers: ['1_YES', '2_NO'].map(value => ({ value, label: value })),
            }
          : question,
      ),
    });
    onTestFinished(() => {
      outbreaks.update(outbreak!.id, { caseInvestigationTemplate: before });
    });
    const edit = [
      "row('dateOfOnset', element(clinical, 's3eoonJ8OJb')),",
      "row('dateOfOnset', element(clinical, 's3eoonJ8OJb')), answers(clinical, { signsymp_cough: 'Yh5KOJj8l7p' }, { codes: { signsymp_cough: codes({ YES: '1_YES', NO: '2_N' }) } }),",
    ] as const;
    const other = [
      "signsymp_cough: 'Yh5KOJj8l7p', signsymp_shortness",
      'signsymp_shortness',
    ] as const;
    for (const text of await refuse([other, edit])) {
      expect(text).toMatch(
        problem(
          'UNKNOWN_ANSWER',
          'case, row questionnaireAnswers\\.signsymp_cough: the question offers no answer "2_N"\\. The nearest: 2_NO',
        ),
      );
    }
  });
});

describe('a name of two programs', () => {
  const NAMES_BOTH = new RegExp(
    `"${PROGRAM}" names several tracker programs: .*DM9n1bUw8W8.*uYjxkTbwRNf.*Use an id`,
  );

  it('is refused in the mapping, with both, and nothing is written', async () => {
    const [text] = await refuse(
      [["const CASES = 'uYjxkTbwRNf'", `const CASES = '${PROGRAM}'`]],
      [BACK],
    );
    expect(text).toMatch(/^- AMBIGUOUS_NAME: "/m);
    expect(text).toMatch(NAMES_BOTH);
  });

  it('is refused in the job that reads them, too', async () => {
    const [text] = await refuse([["'uYjxkTbwRNf'", `'${PROGRAM}'`]], [THERE], {
      job: 'fetch-tracked-entities.js',
      folder: THERE,
    });
    expect(text).toMatch(NAMES_BOTH);
  });
});

describe('an account that may not read metadata', () => {
  it('of Go.Data ends both directions with status 2, and the permission is named', async () => {
    const [user] = servers.goData.store.users.list();
    const { permissions } = user as unknown as { permissions: string[] };
    servers.goData.store.users.update(user!.id, {
      permissions: [
        ...['outbreak_list', 'case_all', 'contact_all', 'contact_of_contact_all', 'location_all'],
        ...['relationship_all', 'lab_result_all', 'follow_up_all'],
      ],
    });
    try {
      for (const workflow of [THERE, BACK]) {
        const { status, stderr } = await runCommand([
          ...['run', workflow, '--project', PROJECT, '--credentials', credentials],
        ]);
        expect(stderr).toContain('may not read the outbreak');
        expect(stderr).toContain('outbreak_view');
        expect(status).toBe(2);
      }
    } finally {
      servers.goData.store.users.update(user!.id, { permissions });
    }
  });
});
