import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dhis2Store } from '#sandbox/dhis2/index.js';
import { readExport } from '#sandbox/dhis2-export/index.js';
import { readRougeole } from '#test/support/rougeole.js';

type Objects = Record<string, unknown>[];
type Export = Record<string, Objects>;

const FILES = ['program-cas.json', 'program-contacts.json', 'data-set.json', 'metadata.json'];
const UNITS = [
  { id: 'UnitCountry', name: 'Country' },
  { id: 'UnitWard001', name: 'Ward', parent: { id: 'UnitCountry' } },
];
const fileOf = (name: string) => ({ path: name, content: readRougeole(name) });

/** A file with something changed. */
function changed(name: string, change: (content: Export) => void) {
  const content = readRougeole<Export>(name);
  change(content);
  return { path: 'given.json', content };
}

/** The message of the refusal of a file, beside the other files. */
function refusal(file: { path: string; content: unknown }, others: readonly string[] = []): string {
  try {
    readExport([file, ...others.map(fileOf)], UNITS);
  } catch (error) {
    return (error as Error).message;
  }
  return 'not refused';
}

describe('exported metadata', () => {
  it('is the same server in whatever order its files are given', () => {
    const inOrder = (seed: object) =>
      Object.fromEntries(
        Object.entries(seed).map(([name, list]) => [
          name,
          [...(list as { id: string }[])].sort((a, b) => (a.id < b.id ? -1 : 1)),
        ]),
      );
    const expected = inOrder(readExport(FILES.map(fileOf), UNITS).seed);
    fc.assert(
      fc.property(fc.shuffledSubarray(FILES, { minLength: 4 }), files => {
        expect(inOrder(readExport(files.map(fileOf), UNITS).seed)).toEqual(expected);
      }),
    );
  });

  it('is what a sandbox saves: its own metadata, exported and read, is the same', () => {
    const { seed } = readExport(FILES.map(fileOf), UNITS);
    const store = new Dhis2Store(seed);
    const { seed: again, remarks } = readExport(
      [{ path: 'saved', content: JSON.parse(JSON.stringify(store.metadata.toJSON())) }],
      [],
    );
    expect(remarks).toEqual([]);
    expect(new Dhis2Store(again).metadata.toJSON()).toEqual(store.metadata.toJSON());
  });

  it('gets the default category objects and option combos that an export may omit', () => {
    const { seed, remarks } = readExport(
      [
        changed('data-set.json', content => {
          for (const name of ['categoryOptions', 'categories', 'categoryCombos']) {
            content[name] = content[name]!.filter(one => one.name !== 'default');
          }
          content.categoryOptionCombos = [];
        }),
      ],
      UNITS,
    );
    const store = new Dhis2Store(seed);
    expect(store.metadata.defaultOptionCombo).toBe('HllvX50cXC0');
    const combos = store.metadata
      .list('categoryOptionCombos')
      .filter(one => one.categoryCombo.id === 'RgCcAgeSexe');
    expect(combos).toHaveLength(15);
    expect(combos.map(({ name }) => name)).toContain('1-4 ans, Féminin');
    expect(remarks.join('\n')).toContain(
      'The category combo "Âge et sexe (rougeole)" has no option combos in the files; they are generated',
    );
  });

  it('keeps some of the org units of a program, if the files have only those', () => {
    const { seed, remarks } = readExport(
      [
        fileOf('program-cas.json'),
        changed('metadata.json', content => {
          content.organisationUnits = content.organisationUnits!.filter(
            ({ id }) => id !== 'RgOuCsVeda0',
          );
        }),
      ],
      UNITS,
    );
    expect(seed.programs![0]!.organisationUnits).toHaveLength(11);
    expect(remarks).toContain(
      'Program RgPrgCas000 ("Rougeole - surveillance cas par cas"): 1 of its org units are in no file and are omitted.',
    );
  });

  it('may have category options with dates, where DHIS2 does not regard them', () => {
    const file = changed('data-set.json', one =>
      Object.assign(one.categoryOptions!.at(-1)!, { startDate: '2026-01-01' }),
    );
    const { seed } = readExport([file], UNITS);
    expect(seed.categoryOptions.find(({ id }) => id === 'RgCoSInc000')).not.toHaveProperty(
      'startDate',
    );
  });

  it('of older servers has options and actions of rules by what they belong to', () => {
    const { seed: expected } = readExport(FILES.map(fileOf), UNITS);
    const old = changed('program-cas.json', content => {
      const { options, optionSets, programRules, programRuleActions } = content;
      for (const [parts, owners, list, of] of [
        [options!, optionSets!, 'options', 'optionSet'],
        [programRuleActions!, programRules!, 'programRuleActions', 'programRule'],
      ] as const) {
        for (const owner of owners) {
          const own = parts.filter(part => (part[of] as { id: string }).id === owner.id);
          owner[list] = own.map(({ id }) => ({ id }));
        }
        for (const part of parts) delete part[of];
      }
      options!.push({ id: 'OptionAlone', code: 'ALONE', name: 'Alone' });
      // Listed apart as well, by servers up to 2.33.
      content.programStageDataElements = content.programStages!.flatMap(
        stage => stage.programStageDataElements as Objects,
      );
    });
    const others = FILES.filter(name => name !== 'program-cas.json').map(fileOf);
    const { seed, remarks } = readExport([old, ...others], UNITS);
    for (const list of ['options', 'programRuleActions'] as const) {
      expect(new Set<unknown>(seed[list])).toEqual(new Set<unknown>(expected[list]));
    }
    expect(remarks).toContain('Option OptionAlone ("Alone") is omitted: no optionSet has it.');
  });

  const REFUSALS: [string, () => string, string][] = [
    [
      'dates of category options by which values are attributed',
      () =>
        refusal(
          changed('data-set.json', one => {
            Object.assign(one.categoryOptions!.at(-1)!, { startDate: '2026-01-01' });
            Object.assign(one.dataSets![0]!, { categoryCombo: { id: 'RgCcAgeSexe' } });
          }),
        ),
      'CategoryOption RgCoSInc000 ("Sexe inconnu"): the sandbox does not model startDate and endDate',
    ],
    [
      'category options of some org units',
      () =>
        refusal(
          changed('data-set.json', one =>
            Object.assign(one.categoryOptions!.at(-1)!, {
              organisationUnits: [{ id: 'UnitWard001' }],
            }),
          ),
        ),
      'CategoryOption RgCoSInc000 ("Sexe inconnu"): the sandbox does not model organisationUnits.',
    ],
    [
      'the approval of a data set',
      () =>
        refusal(
          changed('data-set.json', one =>
            Object.assign(one.dataSets![0]!, { workflow: { id: 'RgWorkflow1' } }),
          ),
        ),
      'DataSet RgDsMensuel ("Rougeole - rapport mensuel"): the sandbox does not model workflow.',
    ],
    [
      'enrollments by categories',
      () =>
        refusal(
          changed('program-cas.json', one =>
            Object.assign(one.programs![0]!, { enrollmentCategoryCombo: { id: 'RgCcAgeSexe' } }),
          ),
        ),
      'Program RgPrgCas000 ("Rougeole - surveillance cas par cas"): the sandbox does not model enrollmentCategoryCombo.',
    ],
    [
      'a property of a part',
      () =>
        refusal(
          changed('program-cas.json', one =>
            Object.assign((one.programStages![0]!.programStageDataElements as Objects)[0]!, {
              minimum: 3,
            }),
          ),
        ),
      'ProgramStage RgPsNotif00 ("Notification"): the sandbox does not model programStageDataElements.minimum.',
    ],
    [
      'one property of many objects, told once',
      () =>
        refusal(
          changed('program-cas.json', one => {
            for (const element of one.dataElements!) Object.assign(element, { colour: 'red' });
          }),
        ),
      'DataElement RgDeErupt00 ("Rougeole - Date de début de l’éruption"): the sandbox does not model colour. The same is true of 17 more objects.',
    ],
    [
      'all problems of all files at once',
      () =>
        refusal(
          changed('program-cas.json', one => {
            Object.assign(one.programs![0]!, { colour: 'red' });
            Object.assign(one.dataElements![0]!, { valueType: undefined });
          }),
          ['data-set.json'],
        ),
      'given.json, data-set.json: 2 problems.\n  Program RgPrgCas000 ("Rougeole - surveillance cas par cas"): the sandbox does not model colour.\n  DataElement RgDeErupt00 ("Rougeole - Date de début de l’éruption") has no property valueType.',
    ],
    [
      'an object without id',
      () =>
        refusal(changed('data-set.json', one => Object.assign(one.dataElements![0]!, { id: 7 }))),
      'DataElement without id ("Cas de rougeole") has no valid id (11 letters and digits).',
    ],
  ];

  it.each(REFUSALS)('is refused with %s', (_, message, expected) => {
    expect(message()).toContain(expected);
  });
});

/** WHO's data sets as somebody read them from WHO's packages, outside the repository. */
const WHO = path.resolve(
  import.meta.dirname,
  '../../../../shared/contracts/dhis2/who-aggregate-data-sets.json',
);

describe.skipIf(!existsSync(WHO))("WHO's packages of data sets", () => {
  interface Package {
    categoryCombos: {
      id: string;
      name: string;
      categories: { id: string; name: string; categoryOptions: { id: string; name: string }[] }[];
      categoryOptionCombos: { id: string; name: string; categoryOptions: string[] }[];
    }[];
    dataSets: (Record<string, unknown> & {
      id: string;
      dataElements: (Record<string, unknown> & { id: string; categoryCombo: string })[];
    })[];
  }
  const packages = existsSync(WHO)
    ? (Object.entries(JSON.parse(readFileSync(WHO, 'utf8'))) as [string, Package][])
    : [];

  it.each(packages)('%s', (_, { categoryCombos, dataSets }) => {
    const unique = <T extends { id: string }>(list: readonly T[]) => [
      ...new Map(list.map(one => [one.id, one])).values(),
    ];
    const refs = (ids: readonly string[]) => ids.map(id => ({ id }));
    const categories = unique(categoryCombos.flatMap(one => one.categories));
    const elements = unique(dataSets.flatMap(one => one.dataElements));
    const content = {
      // Old option combos have options that the category has no longer; the list names only their ids.
      categoryOptions: unique([
        ...categoryCombos
          .flatMap(one => one.categoryOptionCombos.flatMap(combo => combo.categoryOptions))
          .map(id => ({ id, name: id })),
        ...categories.flatMap(one => one.categoryOptions),
      ]),
      categories: categories.map(one => ({
        ...one,
        categoryOptions: refs(one.categoryOptions.map(({ id }) => id)),
      })),
      categoryCombos: categoryCombos.map(({ categoryOptionCombos: _combos, ...one }) => ({
        ...one,
        categories: refs(one.categories.map(({ id }) => id)),
      })),
      categoryOptionCombos: categoryCombos.flatMap(combo =>
        combo.categoryOptionCombos.map(one => ({
          ...one,
          categoryCombo: { id: combo.id },
          categoryOptions: refs(one.categoryOptions),
        })),
      ),
      dataElements: elements.map(one => ({ ...one, categoryCombo: { id: one.categoryCombo } })),
      dataSets: dataSets.map(({ dataElements, ...one }) => ({
        ...one,
        dataSetElements: dataElements.map(({ id }) => ({ dataElement: { id } })),
      })),
    };
    const { seed } = readExport([{ path: 'who', content }], UNITS);
    expect(new Dhis2Store(seed).metadata.list('dataSets').map(({ id }) => id)).toEqual(
      dataSets.map(({ id }) => id),
    );
  });
});
