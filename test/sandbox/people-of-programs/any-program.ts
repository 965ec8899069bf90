import fc from 'fast-check';
import { type Dhis2Seed, demoMetadata } from '#sandbox/dhis2/index.js';

/** Value types of which the sandbox can invent values, with the ones that people read wrongly most. */
const VALUE_TYPES = [
  ...['TEXT', 'LONG_TEXT', 'LETTER', 'NUMBER', 'INTEGER', 'INTEGER_POSITIVE', 'INTEGER_NEGATIVE'],
  ...['INTEGER_ZERO_OR_POSITIVE', 'PERCENTAGE', 'UNIT_INTERVAL', 'BOOLEAN', 'TRUE_ONLY', 'DATE'],
  ...['AGE', 'DATETIME', 'TIME', 'COORDINATE', 'PHONE_NUMBER', 'EMAIL', 'URL', 'ORGANISATION_UNIT'],
];
const WITHOUT_VALUES = ['FILE_RESOURCE', 'IMAGE', 'TRACKER_ASSOCIATE'];
const PATTERNS = [
  'SEQUENTIAL(######)',
  '"P-" + RANDOM(####)',
  '"A"+RANDOM(Xx#*)+"-"+CURRENT_DATE(yyyy)',
  'ORG_UNIT_CODE(..) + "-" + SEQUENTIAL(####)',
];
const NAMES = ['Prénoms', 'Nom de famille', 'Date of birth', 'Age (years)', 'Température', 'Ward'];

const UNITS = ['UnitA000001', 'UnitB000001', 'UnitC000001', 'UnitD000001'];
const OPTION_SETS = ['OptSetEmpty', 'OptSetOne01', 'OptSetMany1'];
const CODES: Record<string, string[]> = { OptSetOne01: ['YES'], OptSetMany1: ['A', 'B', '3'] };

interface AnyField {
  name: string;
  valueType: string;
  isMandatory: boolean;
  isUnique: boolean;
  optionSet: string | undefined;
  pattern: string | undefined;
}

const field = (kind: 'attribute' | 'element'): fc.Arbitrary<AnyField> =>
  fc
    .record({
      name: fc.constantFrom(...NAMES),
      valueType: fc.constantFrom(...VALUE_TYPES, ...WITHOUT_VALUES, 'MULTI_TEXT'),
      isMandatory: fc.boolean(),
      isUnique: fc.boolean(),
      optionSet: fc.option(fc.constantFrom(...OPTION_SETS), { nil: undefined, freq: 2 }),
      pattern: fc.option(fc.constantFrom(...PATTERNS), { nil: undefined, freq: 4 }),
    })
    .map(drawn => {
      const isText = drawn.valueType === 'TEXT';
      const optionSet =
        drawn.valueType === 'MULTI_TEXT' ? 'OptSetMany1' : isText ? drawn.optionSet : undefined;
      const isAttribute = kind === 'attribute';
      const pattern = isAttribute && isText && !optionSet ? drawn.pattern : undefined;
      const isUnique =
        isAttribute && !optionSet && (pattern !== undefined || (drawn.isUnique && isText));
      // Nobody can fill in a file, nor choose from an empty option set.
      const isFillable = !WITHOUT_VALUES.includes(drawn.valueType) && optionSet !== 'OptSetEmpty';
      const isMandatory = isFillable && drawn.isMandatory;
      return { ...drawn, optionSet, pattern, isUnique, isMandatory };
    });

const stage = fc.record({
  repeatable: fc.boolean(),
  autoGenerateEvent: fc.boolean(),
  validationStrategy: fc.constantFrom('ON_COMPLETE' as const, 'ON_UPDATE_AND_INSERT' as const),
  fields: fc.array(field('element'), { maxLength: 5 }),
});

const program = fc.record({
  isSingle: fc.boolean(),
  onlyEnrollOnce: fc.boolean(),
  units: fc.subarray(UNITS, { minLength: 1 }),
  fields: fc.array(field('attribute'), { maxLength: 6 }),
  stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
});

const ref = (id: string) => ({ id });
const uid = (prefix: string, ...numbers: number[]) =>
  `${prefix}${numbers.map(one => String(one).padStart(2, '0')).join('')}`.padEnd(11, '0');

const toField = (id: string, one: AnyField) => ({
  id,
  name: `${one.name} ${id}`,
  valueType: one.valueType,
  ...(one.optionSet ? { optionSet: ref(one.optionSet) } : {}),
});

/** The metadata of a server with programs of every kind, whatever their fields. */
export const anyMetadata: fc.Arbitrary<Dhis2Seed> = fc
  .record({
    typeFields: fc.array(field('attribute'), { maxLength: 3 }),
    programs: fc.array(program, { minLength: 1, maxLength: 3 }),
    bidirectional: fc.boolean(),
  })
  .map(({ typeFields, programs, bidirectional }) => {
    const units = UNITS.map((id, index) => ({ id, name: id, code: `U${index}` }));
    const demo = demoMetadata(units);
    const ofType = typeFields.map((one, index) => [uid('Tf', index), one] as const);
    const ofProgram = programs.map(({ fields }, rank) =>
      fields.map((one, index) => [uid('Pf', rank, index), one] as const),
    );
    const ofStage = programs.map(({ stages }, rank) =>
      stages.map(({ fields }, place) =>
        fields.map((one, index) => [uid('De', rank, place, index), one] as const),
      ),
    );
    const parts = (list: readonly (readonly [string, AnyField])[]) =>
      list.map(([id, { isMandatory }]) => ({
        trackedEntityAttribute: ref(id),
        mandatory: isMandatory,
      }));
    const enrolling = programs.findIndex(one => !one.isSingle);
    const end = (
      relationshipEntity: 'TRACKED_ENTITY_INSTANCE' | 'PROGRAM_INSTANCE',
      more = {},
    ) => ({
      relationshipEntity,
      ...more,
    });
    return {
      ...demo,
      optionSets: OPTION_SETS.map(id => ({
        ...{ id, name: id, valueType: id === 'OptSetMany1' ? 'MULTI_TEXT' : 'TEXT' },
        options: (CODES[id] ?? []).map((code, index) => ({
          ...{ id: uid(`Op${id.slice(6, 8)}`, index), code, name: code },
        })),
      })),
      trackedEntityAttributes: [...ofType, ...ofProgram.flat()].map(([id, one]) => ({
        ...toField(id, one),
        unique: one.isUnique,
        ...(one.pattern ? { generated: true, pattern: one.pattern } : {}),
      })),
      dataElements: [
        ...demo.dataElements,
        ...ofStage.flat(2).map(([id, one]) => ({
          ...toField(id, one),
          ...{ aggregationType: 'NONE', domainType: 'TRACKER', zeroIsSignificant: false },
          categoryCombo: ref('bjDvmb4bfuf'),
        })),
      ],
      trackedEntityTypes: [
        { id: 'TypePerson1', name: 'Person', trackedEntityTypeAttributes: parts(ofType) },
      ],
      programs: programs.map(({ isSingle, onlyEnrollOnce, units: own }, rank) => ({
        ...{ id: uid('Prog', rank), name: `Program ${rank}`, onlyEnrollOnce },
        programType: isSingle ? ('WITHOUT_REGISTRATION' as const) : ('WITH_REGISTRATION' as const),
        ...(isSingle ? {} : { trackedEntityType: ref('TypePerson1') }),
        organisationUnits: own.map(ref),
        programTrackedEntityAttributes: isSingle ? [] : parts(ofProgram[rank]!),
      })),
      programStages: programs.flatMap(({ stages, isSingle }, rank) =>
        (isSingle ? stages.slice(0, 1) : stages).map(({ fields: _fields, ...one }, place) => ({
          ...one,
          ...{ id: uid('Stage', rank, place), name: `Stage ${place}`, sortOrder: place },
          program: ref(uid('Prog', rank)),
          programStageDataElements: ofStage[rank]![place]!.map(([id, { isMandatory }]) => ({
            dataElement: ref(id),
            compulsory: isMandatory,
          })),
        })),
      ),
      relationshipTypes:
        enrolling < 0
          ? []
          : [
              {
                ...{ id: 'RelPeople01', name: 'Contact', bidirectional },
                fromConstraint: end('TRACKED_ENTITY_INSTANCE', {
                  trackedEntityType: ref('TypePerson1'),
                }),
                toConstraint: end('TRACKED_ENTITY_INSTANCE', {
                  trackedEntityType: ref('TypePerson1'),
                }),
              },
              {
                ...{ id: 'RelEnrolled', name: 'Is of', bidirectional: false },
                fromConstraint: end('TRACKED_ENTITY_INSTANCE', {
                  trackedEntityType: ref('TypePerson1'),
                }),
                toConstraint: end('PROGRAM_INSTANCE', { program: ref(uid('Prog', enrolling)) }),
              },
            ],
    };
  });
