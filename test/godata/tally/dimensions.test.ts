import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeriod } from '#common/periods/index.js';
import { ageBand, answer, inDateRange, referenceData, type sex } from '#godata/Adaptor.js';
import type { PersonRecord } from '#godata/client/requests/people.js';

const context = { day: '2026-03-04', period: parsePeriod('2026W10')! };
const codeOf = (dimension: ReturnType<typeof sex>, person: Partial<PersonRecord>) =>
  dimension.code({ id: 'x', ...person }, context);

describe('age bands', () => {
  const band = ageBand([5, 15, 65]);

  it.each([
    [{ age: { years: 0, months: 11 } }, '0-4'],
    [{ age: { years: 4 } }, '0-4'],
    [{ age: { years: 5 } }, '5-14'],
    [{ age: { years: 65 } }, '65+'],
    [{ age: { months: 7 } }, '0-4'],
    [{ age: { years: null, months: 66 } }, '5-14'],
    [{ age: { years: 1987 } }, undefined],
    [{ age: { years: 1974, months: 0 } }, undefined],
    [{ age: { years: 1974, months: 0 }, dob: '1974-05-01T00:00:00.000Z' }, '15-64'],
    [{ age: { years: 'x', months: 3 } }, undefined],
    [{ age: { years: 3, months: -1 } }, undefined],
    [{ age: { years: '30', months: '0' } }, '15-64'],
    [{ age: { years: '30.0' } }, '15-64'],
    [{ age: { years: 0.5, months: null } }, '0-4'],
    [{ age: { years: '', months: '66.0' } }, '5-14'],
    [{ age: { years: -1 } }, undefined],
    [{ age: null }, undefined],
    [{ dob: '2021-03-04T00:00:00.000Z' }, '5-14'],
    [{ dob: '2021-03-05T00:00:00.000Z' }, '0-4'],
    [{ age: {}, dob: '1950-01-01T00:00:00.000Z' }, '65+'],
    [{ dob: 'unknown' }, undefined],
  ])('of %j is %s', (person, expected) => {
    expect(codeOf(band, person as Partial<PersonRecord>)).toBe(expected);
  });

  it('cover every age exactly once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
        fc.nat(130),
        (ages, years) => {
          const boundaries = [...ages].sort((a, b) => a - b);
          const code = codeOf(ageBand(boundaries), { age: { years } }) as string;
          const [from, until] = code.endsWith('+')
            ? [Number(code.slice(0, -1)), 200]
            : code.split('-').map(Number);
          expect(years >= from! && years <= until!).toBe(true);
        },
      ),
    );
  });

  it.each([[[15, 5]], [[5, 5]], [[1.5]], ['5, 15'], [undefined]])(
    'refuse the boundaries %j',
    boundaries => {
      expect(() => ageBand(boundaries as number[])).toThrow(/ascending/);
    },
  );
});

describe('a dimension without the name of what it reads', () => {
  // A mistyped name of a constant.
  const missing = undefined as unknown as string;
  it.each([
    ['inDateRange', () => inDateRange(missing)],
    ['answer', () => answer('')],
    ['referenceData', () => referenceData('riskLevel', missing)],
  ])('is refused: %s', (name, create) => {
    expect(create).toThrow(new RegExp(`^${name}: must get .*, in quotes`));
  });
});

describe('a stay in hospital', () => {
  const stay = inDateRange('HOSPITALIZATION');
  const typeId = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_DATE_TYPE_HOSPITALIZATION';

  // The period is 2 to 8 March 2026.
  it.each([
    [{ startDate: '2026-03-08', endDate: '2026-03-20' }, 'YES'],
    [{ startDate: '2026-02-01', endDate: '2026-03-02' }, 'YES'],
    [{ startDate: '2026-02-01', endDate: '2026-03-01' }, 'NO'],
    [{ startDate: '2026-03-09' }, 'NO'],
    [{ startDate: '2026-01-01', endDate: null }, 'YES'],
    [{ startDate: null, endDate: '2026-03-05' }, 'YES'],
    [{ startDate: null, endDate: '2026-04-05' }, 'NO'],
    [{}, 'NO'],
    [
      { startDate: '2026-03-05', typeId: 'LNG_REFERENCE_DATA_CATEGORY_PERSON_DATE_TYPE_ISOLATION' },
      'NO',
    ],
  ])('%j overlaps the period: %s', (range, expected) => {
    const dates = Object.fromEntries(
      Object.entries(range).map(([key, value]) => [
        key,
        value && /^\d/.test(value) ? `${value}T00:00:00.000Z` : value,
      ]),
    );
    expect(codeOf(stay, { dateRanges: [{ typeId, ...dates }] })).toBe(expected);
  });

  it('does not exist without date ranges', () => {
    expect(codeOf(stay, { dateRanges: null })).toBe('NO');
  });
});

describe('answers', () => {
  const question = answer('symptoms');

  it.each([
    [{ symptoms: [{ value: 'no' }] }, 'no'],
    [
      {
        symptoms: [
          { value: 'old', date: '2026-01-01' },
          { value: 'new', date: '2026-02-01' },
          { value: 'older', date: '2025-01-01' },
        ],
      },
      'new',
    ],
    [{ symptoms: [{ value: ['fever', 'cough'] }] }, 'cough+fever'],
    [{ symptoms: [] }, undefined],
    [{ other: [{ value: 'x' }] }, undefined],
    [null, undefined],
  ])('%j give %s', (questionnaireAnswers, expected) => {
    expect(codeOf(question, { questionnaireAnswers })).toBe(expected);
  });
});

describe('reference data', () => {
  it('is given without its category, and in full when it is of another category', () => {
    const risk = referenceData('riskLevel', 'RISK_LEVEL');
    expect(codeOf(risk, { riskLevel: 'LNG_REFERENCE_DATA_CATEGORY_RISK_LEVEL_1_LOW' })).toBe(
      '1_LOW',
    );
    expect(codeOf(risk, { riskLevel: 'LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE' })).toBe(
      'LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE',
    );
    expect(codeOf(risk, {})).toBeUndefined();
  });
});
