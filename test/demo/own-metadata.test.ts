import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUGEOLE_OPTIONS, readRougeole, rougeoleFile } from '#test/support/rougeole.js';
import {
  askDhis2,
  createFolder,
  readGoData,
  runProgram,
  startSandbox,
} from './support/programs.js';

const SMALL = ['--cases-count', '60', '--people', '40'];
const CASES = 'RgPrgCas000';

interface Question {
  variable: string;
  answers?: { value: string; additionalQuestions?: Question[] | null }[] | null;
}

/** All questions of a questionnaire, also those that follow an answer. */
function flatten(questions: readonly Question[]): Question[] {
  return questions.flatMap(question => [
    question,
    ...(question.answers ?? []).flatMap(one => flatten(one.additionalQuestions ?? [])),
  ]);
}

describe('a sandbox with the metadata of a country', () => {
  it('serves its programs and data set in place of the built-in ones', async () => {
    const sandbox = await startSandbox([...ROUGEOLE_OPTIONS, ...SMALL]);
    const ask = (route: string) => askDhis2<Record<string, unknown>>(sandbox, route);
    expect(await ask('/programs?fields=id,code&paging=false&order=code:asc')).toEqual({
      programs: [
        { code: 'ROUGEOLE_CAS', id: CASES },
        { code: 'ROUGEOLE_CONTACTS', id: 'RgPrgCon000' },
      ],
    });
    const fields =
      'name,trackedEntityType[name],organisationUnits~size,programStages[name,repeatable,programStageDataElements[compulsory,dataElement[code,optionSet[options[code]]]]],programTrackedEntityAttributes[mandatory,trackedEntityAttribute[code,valueType,unique,generated,pattern]]';
    const program = await ask(`/programs/${CASES}?fields=${fields.replace('~size', '[code]')}`);
    expect(program).toMatchObject({
      name: 'Rougeole - surveillance cas par cas',
      trackedEntityType: { name: 'Personne' },
      programStages: [
        { name: 'Notification', repeatable: false },
        { name: 'Prélèvement et laboratoire', repeatable: true },
        { name: 'Classification finale et issue', repeatable: false },
      ],
    });
    expect(program.organisationUnits).toHaveLength(12);
    expect(program.programTrackedEntityAttributes).toContainEqual({
      mandatory: true,
      trackedEntityAttribute: {
        ...{ code: 'ROU_NUM_EPID', valueType: 'TEXT', unique: true, generated: true },
        pattern: '"ROU-" + SEQUENTIAL(#####)',
      },
    });
    const [, , last] = program.programStages as {
      programStageDataElements: {
        compulsory: boolean;
        dataElement: { code: string; optionSet?: { options: { code: string }[] } };
      }[];
    }[];
    const [classification] = last!.programStageDataElements;
    expect(classification).toMatchObject({
      compulsory: true,
      dataElement: { code: 'ROU_CLASSIFICATION_FINALE' },
    });
    expect(classification!.dataElement.optionSet!.options.map(({ code }) => code)).toEqual([
      ...['CONF_LABO', 'CONF_EPI', 'COMPATIBLE', 'ECARTE'],
    ]);
    expect(await ask('/me?fields=programs,dataSets')).toEqual({
      programs: expect.arrayContaining([CASES, 'RgPrgCon000']),
      dataSets: ['RgDsMensuel'],
    });
    expect(
      await ask(
        '/dataSets?fields=code,periodType,dataSetElements[dataElement[code,categoryCombo[code]]]&paging=false',
      ),
    ).toMatchObject({ dataSets: [{ code: 'ROUGEOLE_MENSUEL', periodType: 'Monthly' }] });
    const combos = await ask(
      '/categoryOptionCombos?filter=categoryCombo.id:eq:RgCcAgeSexe&fields=name&paging=false',
    );
    expect(combos.categoryOptionCombos).toHaveLength(15);
    expect(
      await ask(
        '/relationshipTypes?fields=name,fromConstraint[trackedEntityType[id]]&paging=false',
      ),
    ).toEqual({
      relationshipTypes: [
        {
          name: 'Contact d’un cas de rougeole',
          fromConstraint: { trackedEntityType: { id: 'RgTetPers00' } },
        },
      ],
    });
    expect(await ask('/trackedEntityAttributes/RgAtNom0000?fields=name,translations')).toEqual({
      name: 'Nom de famille',
      translations: [{ property: 'NAME', locale: 'en', value: 'Family name' }],
    });
    const { stderr } = await sandbox.stop();
    expect(stderr).toBe('Note: The sandbox does not serve 1 programIndicators.\n');
  });

  it('has the requested number of people, with values that match the programs', async () => {
    const sandbox = await startSandbox([...ROUGEOLE_OPTIONS, ...SMALL]);
    const people = async (program: string) => {
      const { trackedEntities } = await askDhis2<{
        trackedEntities: { attributes: { attribute: string; value: string }[] }[];
      }>(
        sandbox,
        `/tracker/trackedEntities?program=${program}&orgUnitMode=ACCESSIBLE&fields=attributes[attribute,value]&paging=false`,
      );
      return trackedEntities;
    };
    const cases = await people(CASES);
    const contacts = await people('RgPrgCon000');
    expect(cases.length + contacts.length).toBeGreaterThan(34);
    expect(Math.min(cases.length, contacts.length)).toBeGreaterThan(10);
    for (const { attributes } of cases) {
      const values = new Map(attributes.map(one => [one.attribute, one.value]));
      expect(values.get('RgAtEpid000')).toMatch(/^ROU-\d{5}$/);
      expect(['H', 'F', 'I']).toContain(values.get('RgAtSexe000'));
      expect(values.get('RgAtNom0000')).toBeTruthy();
    }
    await sandbox.stop();
  });

  it('has the outbreak, its questionnaires, reference data and labels in Go.Data', async () => {
    const sandbox = await startSandbox([...ROUGEOLE_OPTIONS, ...SMALL]);
    const template = readRougeole<{ id: string; caseInvestigationTemplate: Question[] }>(
      'outbreak.json',
    );
    const outbreaks = await readGoData<Record<string, unknown>[]>(sandbox, '/outbreaks');
    expect(outbreaks).toHaveLength(1);
    expect(outbreaks[0]).toMatchObject({
      ...{ id: template.id, name: 'Rougeole 2026' },
      caseInvestigationTemplate: template.caseInvestigationTemplate,
    });
    const cases = await readGoData<
      { visualId: string; questionnaireAnswers: Record<string, { value: unknown }[]> }[]
    >(sandbox, `/outbreaks/${template.id}/cases`);
    const questions = new Map(
      flatten(template.caseInvestigationTemplate).map(one => [one.variable, one]),
    );
    expect(cases.length).toBeGreaterThan(50);
    const answered = new Set<string>();
    for (const { visualId, questionnaireAnswers } of cases) {
      expect(visualId).toMatch(/^ROU-\d{5}$/);
      for (const [variable, [answer]] of Object.entries(questionnaireAnswers)) {
        answered.add(variable);
        const choices = questions.get(variable)!.answers!.map(({ value }) => value);
        if (choices.length > 0)
          expect(choices).toEqual(expect.arrayContaining([answer!.value].flat()));
      }
    }
    // A note to the interviewer is not a question.
    expect([...answered].sort()).toEqual(
      [...questions.keys()].filter(one => one !== 'note_enqueteur').sort(),
    );
    const labResults = await readGoData<Record<string, unknown>[]>(
      sandbox,
      `/outbreaks/${template.id}/lab-results/aggregate`,
    );
    expect(labResults.length).toBeGreaterThan(30);
    expect(labResults[0]).toMatchObject({
      personId: expect.any(String),
      questionnaireAnswers: expect.any(Object),
    });
    const followUps = await readGoData<{ statusId: string; questionnaireAnswers: object }[]>(
      sandbox,
      `/outbreaks/${template.id}/follow-ups`,
    );
    const asked = new Set(followUps.flatMap(one => Object.keys(one.questionnaireAnswers)));
    expect([...asked].sort()).toEqual(['symptomes_suivi', 'temperature']);
    const items = await readGoData<{ id: string }[]>(sandbox, '/reference-data');
    const known = new Set(items.map(({ id }) => id));
    expect(followUps.filter(({ statusId }) => !known.has(statusId))).toEqual([]);
    const own = readRougeole<{ id: string }[]>('reference-data.json').map(({ id }) => id);
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(own));
    const [user] = await readGoData<{ languageId: string }[]>(sandbox, '/users');
    expect(user!.languageId).toBe('french_fr');
    const { tokens } = await readGoData<{ tokens: { translation: string }[] }>(
      sandbox,
      `/languages/french_fr/language-tokens?filter=${encodeURIComponent(
        '{"where":{"token":"LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE"}}',
      )}`,
    );
    expect(tokens.map(({ translation }) => translation)).toEqual(['Féminin']);
    await sandbox.stop();
  });

  it('takes a case list beside metadata: its locations are found among the org units of the files', async () => {
    const cases = path.join(createFolder(), 'cases.json');
    const given = [1, 2, 3].map(id => ({
      ...{ id: `case-${id}`, outbreakId: 'outbreak-1', firstName: 'Awa' },
      addresses: [{ locationId: id === 3 ? 'nowhere' : 'RgOuCsBola0' }],
    }));
    writeFileSync(cases, JSON.stringify(given));
    const sandbox = await startSandbox([
      ...ROUGEOLE_OPTIONS,
      ...['--cases', cases, '--people', '10'],
    ]);
    const [outbreak] = await readGoData<{ id: string; name: string }[]>(sandbox, '/outbreaks');
    // The cases keep their outbreak's id.
    expect(outbreak).toMatchObject({ id: 'outbreak-1', name: 'Rougeole 2026' });
    expect(await readGoData<unknown[]>(sandbox, '/outbreaks/outbreak-1/cases')).toHaveLength(3);
    const { programs } = await askDhis2<{ programs: unknown[] }>(sandbox, '/programs?fields=id');
    expect(programs).toHaveLength(2);
    const { stderr } = await sandbox.stop();
    expect(stderr).toContain('1 of the 2 locations of');
    expect(stderr).toContain('are not an org unit of the metadata');
  });

  it('omits relationship types of other programs, and says so', async () => {
    const sandbox = await startSandbox([
      ...['--dhis2-metadata', rougeoleFile('metadata.json'), ...SMALL],
      ...['--dhis2-metadata', rougeoleFile('data-set.json')],
    ]);
    expect(await askDhis2(sandbox, '/relationshipTypes?paging=false')).toEqual({
      relationshipTypes: [],
    });
    const { stderr } = await sandbox.stop();
    expect(stderr).toBe(
      'Note: RelationshipType RgRtContact ("Contact d’un cas de rougeole") is omitted: TrackedEntityType RgTetPers00 is in no file.\n',
    );
  });

  it('is what the demonstration runs a workflow against, with the same options', async () => {
    const { status, stdout } = await runProgram('demo', [
      ...['org-units-to-locations', '--state', createFolder(), ...ROUGEOLE_OPTIONS, ...SMALL],
    ]);
    expect(stdout).toContain('Centre de santé de Véda');
    expect(status).toBe(0);
  });

  it('says that a saved sandbox does not read its files again', async () => {
    const state = createFolder();
    const options = ['--dhis2-metadata', rougeoleFile('data-set.json'), ...SMALL, '--state', state];
    await (await startSandbox(options)).stop();
    const { stderr } = await (await startSandbox(options)).stop();
    expect(stderr).toBe(
      `Note: The servers continue with the data in ${state}; --dhis2-metadata is not read again.\n`,
    );
  });

  it('assigns its own org units where the files have none, and reports it', async () => {
    const sandbox = await startSandbox([
      ...['--dhis2-metadata', rougeoleFile('data-set.json')],
      ...['--dhis2-metadata', rougeoleFile('program-cas.json'), ...SMALL],
    ]);
    const sizes = await askDhis2<{ organisationUnits: { level: number }[] }>(
      sandbox,
      `/programs/${CASES}?fields=organisationUnits[level]`,
    );
    expect(sizes.organisationUnits).toHaveLength(72);
    expect(new Set(sizes.organisationUnits.map(({ level }) => level))).toEqual(new Set([4]));
    const { stderr } = await sandbox.stop();
    expect(stderr).toContain(
      'Program RgPrgCas000 ("Rougeole - surveillance cas par cas"): its org units are in no file; it is assigned to 72 org units of the sandbox.',
    );
    expect(stderr).toContain(
      'DataSet RgDsMensuel ("Rougeole - rapport mensuel"): its org units are in no file; it is assigned to 88 org units of the sandbox.',
    );
  });
});

describe('a sandbox refuses, with status 2,', () => {
  const write = (content: unknown) => {
    const file = path.join(createFolder(), 'given.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  /** The cases' program with something else. */
  const changed = (change: (content: Record<string, Record<string, unknown>[]>) => void) => {
    const content = readRougeole<Record<string, Record<string, unknown>[]>>('program-cas.json');
    change(content);
    return ['--dhis2-metadata', write(content)];
  };
  const REFUSALS: [string, () => string[], RegExp][] = [
    ['a file that is missing', () => ['--dhis2-metadata', 'none.json'], /there is no such file/],
    [
      'a list',
      () => ['--dhis2-metadata', write([])],
      /is no DHIS2 metadata: it is not a JSON object/,
    ],
    [
      'an object that has no metadata',
      () => ['--dhis2-metadata', write({ httpStatus: 'OK' })],
      /is no DHIS2 metadata export: it has no list of objects, such as programs/,
    ],
    [
      'a program as the API answers it alone',
      () => ['--dhis2-metadata', write({ id: CASES, name: 'Rougeole', programStages: [] })],
      /it is one object[\s\S]*\/api\/programs\/\{id\}\/metadata\.json/,
    ],
    [
      'a page of a list',
      () => ['--dhis2-metadata', write({ pager: {}, programs: [] })],
      /is a page of a list/,
    ],
    [
      'objects without their properties',
      () => ['--dhis2-metadata', write({ dataElements: [{ id: 'RgDeErupt00', name: 'x' }] })],
      /DataElement RgDeErupt00 \("x"\) has no property valueType/,
    ],
    [
      'a property that it does not know',
      () => changed(one => Object.assign(one.programs![0]!, { lockedBy: 'x' })),
      /Program RgPrgCas000 \("Rougeole - surveillance cas par cas"\): the sandbox does not model lockedBy/,
    ],
    [
      'a class that it does not know',
      () => changed(one => Object.assign(one, { wonders: [{}] })),
      /1 objects of a class that the sandbox does not know: wonders/,
    ],
    [
      'a reference to an object that is in no file',
      () => changed(one => one.optionSets!.shift()),
      /TrackedEntityAttribute RgAtSexe000 \("Sexe"\) refers to OptionSet RgOsSexe000, which is in no file/,
    ],
    [
      'a rule that makes events',
      () =>
        changed(one =>
          Object.assign(one.programRuleActions![0]!, { programRuleActionType: 'SCHEDULEEVENT' }),
        ),
      /ProgramRuleAction ARule100000: the sandbox does not model programRuleActionType SCHEDULEEVENT/,
    ],
    [
      'a rule with a constant',
      () =>
        changed(one => Object.assign(one.programRules![0]!, { condition: 'C{RgConstant1} > 1' })),
      /ProgramRule RgRule10000 .*: its condition asks for a constant/,
    ],
    [
      'two files that disagree',
      () => [
        ...['--dhis2-metadata', rougeoleFile('program-cas.json')],
        ...changed(one => Object.assign(one.dataElements![0]!, { valueType: 'TEXT' })),
      ],
      /DataElement RgDeErupt00 .*: valueType differs between .*program-cas\.json and .*given\.json/,
    ],
    [
      'a mandatory file',
      () =>
        changed(one => {
          const attribute = one.trackedEntityAttributes!.find(({ code }) => code === 'NOM');
          attribute!.valueType = 'FILE_RESOURCE';
        }),
      /RgAtNom0000 \("Nom de famille"\): it is mandatory, and no values of valueType FILE_RESOURCE/,
    ],
    [
      'a template that is none',
      () => ['--godata-template', write({ name: 'x' })],
      /is no outbreak or outbreak template of Go\.Data/,
    ],
    [
      'several templates',
      () => ['--godata-template', write([{ name: 'Measles' }, { name: 'Mpox' }])],
      /has 2 outbreaks or templates, not one: Measles, Mpox/,
    ],
    [
      'a question of an unknown kind',
      () => [
        '--godata-template',
        write({
          name: 'x',
          caseInvestigationTemplate: [{ variable: 'v', text: 't', answerType: 'SONG' }],
        }),
      ],
      /caseInvestigationTemplate: question v has an unknown answerType: SONG/,
    ],
    [
      'reference data that is none',
      () => ['--godata-reference-data', write([{ id: 'x', value: 'x' }])],
      /Item 1 of the reference data .* has no categoryId/,
    ],
    [
      'more cases than the mask of their ids has room for',
      () => [
        '--godata-template',
        write({ name: 'x', caseInvestigationTemplate: [], caseIdMask: 'ROU-99' }),
        ...['--cases-count', '100'],
      ],
      /The mask ROU-99 has no room for 100 people\.[\s\S]*--cases-count/,
    ],
    [
      'org units from two sides',
      () => [
        ...['--cases', write([{ id: 'c', outbreakId: 'o' }])],
        ...['--org-units', write({ organisationUnits: [{ id: 'RgOuPays000', name: 'x' }] })],
        ...['--dhis2-metadata', rougeoleFile('metadata.json')],
      ],
      /--org-units and a file of --dhis2-metadata both have org units/,
    ],
    ['labels that are none', () => ['--godata-labels', write({})], /has no labels/],
    ['too many people', () => ['--people', '20001'], /whole number from 0 to 20000/],
  ];

  it.each(REFUSALS)('%s', async (_, args, message) => {
    const { status, stdout, stderr } = await runProgram('main', args());
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/What to do: |--help/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
