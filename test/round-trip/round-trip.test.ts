import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as forms from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import type { Row } from '#common/people-mapping/rows.js';
import { type Dhis2Export, readMapping, tryRoundTrips } from '#round-trip/index.js';
import { demoMetadata } from '#sandbox/dhis2/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { readRougeole } from '../support/rougeole.js';
import { runs } from '../support/runs.js';
import { PROJECT } from '../support/workflow.js';

const { answers, attribute, codes, element, enrolledAt, occurredAt, orgUnit, row, stage } = forms;

const JOB = path.join(PROJECT, 'jobs/people/map-people.js');
const mappingOf = (rows: readonly Row<string>[], more: Partial<PeopleMapping> = {}) =>
  ({ case: { program: 'ProgramCase', rows }, ...more }) as PeopleMapping;
const resultOf = (rows: readonly Row<string>[], metadata: Dhis2Export[] = []) =>
  tryRoundTrips(mappingOf(rows), { metadata, runs: 40 });

describe('the shipped mapping', () => {
  const org = [{ id: 'OrgUnit0001', name: 'Acre', openingDate: '2000-01-01' }];
  const metadata = [
    addTrackerProgram(demoMetadata(org), { today: '2026-11-24', people: 0 }) as Dhis2Export,
  ];
  const results = tryRoundTrips(readMapping(JOB), { metadata, runs: 60 });

  it('has a result for each row that goes both ways, and each answer', () => {
    const names = results.map(({ row: name }) => name);
    expect(names.length).toBeGreaterThan(70);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'case, row lastName',
        'case, row questionnaireAnswers.expo_id5',
        'contact, row gender',
        'labResults, row result',
      ]),
    );
    // The other way is told by no row.
    expect(names).not.toContain('case, row classification');
  });

  it('keeps every value, or says why not', () => {
    const lost = results.filter(({ survives }) => !survives);
    expect(lost.map(({ row: name }) => name)).toEqual([
      'case, row age',
      'case, row dateOfOutcome',
      'contact, row age',
      'labResults, row sampleType',
      'labResults, row testType',
    ]);
    const whyOf = (name: string) => lost.find(one => one.row === name)!.why;
    expect(whyOf('case, row age')).toEqual(['Months are cut: DHIS2 holds whole years.']);
    expect(whyOf('labResults, row testType')).toContain(
      'RT_PCR is written as PCR, which comes back as PCR.',
    );
    expect(whyOf('case, row dateOfOutcome')).not.toEqual([]);
    for (const why of whyOf('case, row dateOfOutcome')) {
      expect(why).toMatch(
        /toDhis2 .*for this person\. The functions of the row decide by other values of the person\.$/,
      );
    }
    for (const { why } of lost) expect(why).not.toEqual([]);
    for (const { why } of results.filter(({ survives }) => survives)) expect(why).toEqual([]);
  });

  it('says which of two codes is written for a person who is new', () => {
    expect(results.find(one => one.row === 'case, row outcomeId')).toEqual({
      row: 'case, row outcomeId',
      survives: true,
      why: [],
      notes: [
        'For a person new in DHIS2, HEALTHY comes back as NOT_RECOVERED: both mean ALIVE, and the table writes NOT_RECOVERED.',
      ],
    });
  });

  it('gives the same results for the same seed', () => {
    expect(tryRoundTrips(readMapping(JOB), { metadata, runs: 60 })).toEqual(results);
  });
});

describe("a mapping of a country's own program", () => {
  const metadata = [
    readRougeole<Dhis2Export>('program-cas.json'),
    readRougeole<Dhis2Export>('program-contacts.json'),
  ];
  const rows = [
    row('lastName', attribute('NOM')),
    row('firstName', attribute('PRENOMS')),
    row('gender', attribute('SEXE'), {
      codes: codes('GENDER', { H: 'MALE', F: 'FEMALE', I: null }),
    }),
    row('dob', attribute('DATE_NAISSANCE')),
    row('dateOfReporting', enrolledAt()),
    row('addresses.locationId', orgUnit()),
  ];
  const mapping = mappingOf([], { case: { program: 'ROUGEOLE_CAS', rows } as never });

  it('is tried by codes and names, with its options and value types', () => {
    const results = tryRoundTrips(mapping, { metadata, runs: 40 });
    expect(results.map(({ row: name }) => name)).toEqual(rows.map(one => `case, row ${one.field}`));
    expect(results.filter(({ survives }) => !survives)).toEqual([]);
  });

  it('is refused without its metadata, and if a run would refuse it', () => {
    expect(() => tryRoundTrips(mapping)).toThrow(
      expect.objectContaining({ code: 'NO_METADATA', kind: 'configuration' }),
    );
    const wrong = mappingOf([], {
      case: { program: 'ROUGEOLE_CAS', rows: [row('lastName', attribute('NOMS'))] } as never,
    });
    expect(() => tryRoundTrips(wrong, { metadata })).toThrow(
      /UNKNOWN_ATTRIBUTE: case, row lastName/,
    );
  });
});

describe('a row that loses values', () => {
  const place = attribute('AttrAttr001');
  const typed = (valueType: string) => [
    {
      programs: [
        {
          id: 'ProgramCase',
          name: 'Cases',
          programTrackedEntityAttributes: [{ trackedEntityAttribute: { id: 'AttrAttr001' } }],
        },
      ],
      trackedEntityAttributes: [{ id: 'AttrAttr001', name: 'One', valueType }],
    },
  ];

  it.each<[string, Row<string>, Dhis2Export[], RegExp]>([
    [
      'a time of day',
      row('dateOfOnset', place),
      typed('DATETIME'),
      /^A time of day is cut: Go\.Data holds days\.$/,
    ],
    [
      'an item without a code',
      row('gender', place, { codes: codes('GENDER', { M: 'MALE' }, { OTHER: null }) }),
      [],
      /^OTHER has no code in DHIS2: it stays in Go\.Data alone\.$/,
    ],
    [
      'an answer that is written as another',
      answers(
        attribute,
        { fever: place.ref },
        {
          codes: { fever: codes({ YES: 'Y' }, { MAYBE: 'YES' }) },
        },
      ),
      [],
      /^MAYBE is written as YES, which comes back as Y\.$/,
    ],
    [
      'what its functions do not give back',
      row('firstName', place, {
        toGoData: ([name]) => name?.slice(0, 2),
        toDhis2: name => name,
      }),
      [],
      /^".+" comes back as ".+"\.$/,
    ],
  ])('says so of %s', (_, one, metadata, says) => {
    const [result] = resultOf([one], metadata);
    expect(result!.survives).toBe(false);
    expect(result!.why.length).toBeLessThanOrEqual(3);
    for (const why of result!.why) expect(why).toMatch(says);
    expect(result!.why.length).toBeGreaterThan(0);
  });
});

describe('any mapping of rows that copy, or translate one to one', () => {
  const FIELDS = ['firstName', 'lastName', 'riskReason', 'addresses.phoneNumber'] as const;
  const DAYS = ['dob', 'dateOfOnset', 'dateOfOutcome', 'dateOfBurial'] as const;
  const id = (kind: string, n: number) => `${kind}${String(n).padStart(11 - kind.length, '0')}`;
  const anyPlace = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 }));
  const placeOf = ([isAttribute, stageNo]: [boolean, number], n: number) =>
    isAttribute ? attribute(id('Attr', n)) : element(stage(id('Stage', stageNo)), id('Elem', n));
  const anyTable = fc
    .uniqueArray(fc.stringMatching(/^[A-Z]{1,6}$/), { minLength: 1, maxLength: 5 })
    .map(items => codes('GENDER', Object.fromEntries(items.map((item, n) => [`C${n}`, item]))));
  const anyRows = fc
    .record({
      texts: fc.subarray([...FIELDS], { minLength: 1 }),
      days: fc.subarray([...DAYS]),
      table: fc.option(anyTable),
      answers: fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,8}$/), { maxLength: 4 }),
      places: fc.array(anyPlace, { minLength: 12, maxLength: 12 }),
      isIncident: fc.boolean(),
      owner: fc.constantFrom('latest' as const, 'dhis2' as const, 'godata' as const),
    })
    .map(({ texts, days, table, answers: variables, places, isIncident, owner }) => {
      let n = 0;
      const next = () => {
        n += 1;
        return placeOf(places[n % places.length] as [boolean, number], n);
      };
      return [
        ...texts.map(field => row(field, next(), { owner })),
        ...days.map(field =>
          field === 'dateOfOnset' && isIncident ? row(field, occurredAt()) : row(field, next()),
        ),
        ...(table ? [row('gender', next(), { codes: table })] : []),
        ...(variables.length > 0
          ? [
              answers(
                attribute,
                Object.fromEntries(variables.map((one, k) => [one, id('Answ', k)])),
              ),
            ]
          : []),
        row('addresses.locationId', orgUnit()),
      ] as Row<string>[];
    });

  it('keeps every value both ways', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (rows, seed) => {
        const results = tryRoundTrips(mappingOf(rows), { runs: 4, seed });
        expect(results.length).toBeGreaterThan(1);
        expect(results.filter(({ survives }) => !survives)).toEqual([]);
      }),
      runs(40, 300),
    );
  });
});

it('is imported by the name of the package, in plain Node', () => {
  const program = `
    import { readMapping, tryRoundTrips } from 'godata-dhis2/round-trip';
    const results = tryRoundTrips(readMapping('jobs/people/map-people.js'), { runs: 1 });
    console.log(results[0].row, results[0].survives);`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  expect(told).toBe('case, row firstName true\n');
});
