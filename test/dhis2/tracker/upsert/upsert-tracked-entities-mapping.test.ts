import { describe, expect, it } from 'vitest';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import {
  aBatch,
  aCase,
  attributeIn,
  clinical,
  closeServers,
  exposure,
  FEMALE,
  ID,
  labResult,
  living,
  MALE,
  programIn,
  reportOf,
  stageIn,
  startProgram,
  upsert,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const CASES = '"Demonstration: cases" (uYjxkTbwRNf)';
const CLINICAL = '"Clinical" (LpWNjNGvCO5)';
const visit = labResult('x');

/** A mapping that does not fit: the code, the message, the batch and a change of the server. */
const PROBLEMS: [
  code: string,
  says: string,
  batch: MappedTrackedEntityBatch,
  seed?: (seed: Dhis2Seed) => void,
][] = [
  [
    'UNKNOWN_PROGRAM',
    'The account sees no tracker program with the id, code or name "COVID20". It sees: Demonstration: cases (COVID19_CBS, uYjxkTbwRNf); ',
    aBatch([aCase('p', { program: 'COVID20' })]),
  ],
  [
    'UNKNOWN_ATTRIBUTE',
    `AttributeXX is not an attribute of the program ${CASES} or of its tracked entity type "Person" (MCPQUTHX1Ze). The nearest: "`,
    aBatch([aCase('p', { attributes: { AttributeXX: 'a' } })]),
  ],
  [
    'UNKNOWN_ATTRIBUTE',
    `case, row lastName: ENRjVGxVL6I is not an attribute of the program ${CASES} or of its tracked entity type "Person" (MCPQUTHX1Ze). The nearest: "Surname" (SURNAME, ENRjVGxVL6l), "`,
    aBatch([aCase('p', { attributes: { ENRjVGxVL6I: 'a' } })], [], {
      rows: { ENRjVGxVL6I: ['case, row lastName'] },
    }),
  ],
  [
    'UNKNOWN_ATTRIBUTE',
    `linkAttribute: AttributeXX is not an attribute of the program ${CASES} or of its tracked entity type "Person" (MCPQUTHX1Ze). The nearest: "`,
    aBatch([aCase('p')], [], { linkAttribute: 'AttributeXX' }),
  ],
  [
    'NOT_UNIQUE',
    'findBy: the attribute "Patinfo id" (he05i8FUwu3) is not unique in DHIS2.',
    aBatch([aCase('p')], [], { findBy: [WHO.localId] }),
  ],
  [
    'UNKNOWN_STAGE',
    `sAV9jAajr8x is not a stage of the program ${CASES} that the account sees. The nearest: "`,
    aBatch([aCase('p', { events: [{ ...visit, stage: WHO.followUp }] })]),
  ],
  [
    'UNKNOWN_DATA_ELEMENT',
    'ovY6E8BSdto is not a data element of the stage "Clinical" (LpWNjNGvCO5). The nearest: "',
    aBatch([aCase('p', { events: [clinical({ [WHO.result]: 'POSITIVE' })] })]),
  ],
  [
    'UNKNOWN_OPTION',
    'The table "sex" has codes that are not in the option set "sex" (SETID) of the attribute "Patinfo sex" (oindugucx72): HOMME. It has: FEMALE, MALE, OTHER.',
    aBatch([aCase('p', { attributes: { [WHO.sex]: MALE } })], [], {
      tables: { sex: { HOMME: MALE.id, MALE: MALE.id, FEMALE: FEMALE.id } },
    }),
  ],
  [
    'UNKNOWN_TABLE',
    'The attribute "Patinfo sex" (oindugucx72) has a table "sex", which does not exist.',
    aBatch([aCase('p')], [], { tables: {} }),
  ],
  [
    'REPEATABLE',
    "The stage \"Labresult\" (dDHkBd3X8Ce) is repeatable, and nobody knows which of its events a person's value belongs to. Give its rows direction: 'to-godata', or write its events from records of their own: labResults, followUps.",
    aBatch([aCase('p', { events: [{ ...visit, key: WHO.labResult }] })]),
  ],
  [
    'NOT_REPEATABLE',
    `The stage ${CLINICAL} is not repeatable, but the mapping gives several events of it for one person.`,
    aBatch([aCase('p', { events: [clinical({}), clinical({}, { key: 'lab-result y' })] })]),
  ],
  [
    'BAD_STATUS',
    `"DONE" is not a status of an event of the stage ${CLINICAL}. Use one of ACTIVE, COMPLETED, VISITED, SCHEDULE, OVERDUE, SKIPPED.`,
    aBatch([aCase('p', { events: [clinical({}, { status: 'DONE' })] })]),
  ],
  [
    'MANDATORY_ATTRIBUTE',
    `The attribute "Phone local" (fctSQp5nAYl) is mandatory in the program ${CASES}, and the mapping does not give it.`,
    aBatch([aCase('p')]),
    seed => {
      const parts = programIn(seed, WHO.cases).programTrackedEntityAttributes;
      parts.find(one => one.trackedEntityAttribute.id === WHO.phone)!.mandatory = true;
    },
  ],
  [
    'MANDATORY_BY_RULE',
    `The data element "Signsymp fever" (EWZcuvPOrJF) of the stage ${CLINICAL} is mandatory by the program rule "Fever asked" (RuleFever01) of the program ${CASES}, and the mapping does not give it.`,
    aBatch([aCase('p', { events: [clinical({}, { status: 'COMPLETED' })] })]),
    seed => demand(seed, 'true', { dataElement: { id: WHO.fever } }),
  ],
  [
    'MANDATORY_BY_RULE',
    `The attribute "Phone local" (fctSQp5nAYl) is mandatory by the program rule "Fever asked" (RuleFever01) of the program ${CASES}, and the mapping does not give it.`,
    aBatch([aCase('p')]),
    seed => demand(seed, "A{who} == 'MALE'", { trackedEntityAttribute: { id: WHO.phone } }),
  ],
  [
    'COMPULSORY_DATA_ELEMENT',
    `The data element "Signsymp fever" (EWZcuvPOrJF) is compulsory in the stage ${CLINICAL}, and the mapping does not give it.`,
    aBatch([aCase('p', { events: [clinical({}, { status: 'COMPLETED' })] })]),
    seed => {
      const parts = stageIn(seed, WHO.clinical).programStageDataElements;
      parts.find(one => one.dataElement.id === WHO.fever)!.compulsory = true;
    },
  ],
  [
    'NO_WRITE_ACCESS',
    `The account may not write data of the program ${CASES} (sharing, data access).`,
    aBatch([aCase('p')]),
    seed => {
      programIn(seed, WHO.cases).writeAccess = ['admin'];
    },
  ],
  [
    'NO_WRITE_ACCESS',
    'The account may not write data of the tracked entity type "Person" (MCPQUTHX1Ze) (sharing, data access).',
    aBatch([aCase('p')]),
    seed => {
      seed.trackedEntityTypes![0]!.writeAccess = ['admin'];
    },
  ],
  [
    'NO_WRITE_ACCESS',
    `The account may not write data of the stage ${CLINICAL} (sharing, data access).`,
    aBatch([aCase('p', { events: [clinical({})] })]),
    seed => {
      stageIn(seed, WHO.clinical).writeAccess = ['admin'];
    },
  ],
  [
    'NO_WRITE_ACCESS',
    'The account may not write data of the relationship type "Has been in contact with" (ipjUWSTPKFt) (sharing, data access).',
    aBatch([aCase('p'), aCase('q')], [exposure('e', 'p', 'q')]),
    seed => {
      seed.relationshipTypes![0]!.writeAccess = ['admin'];
    },
  ],
  [
    'UNKNOWN_RELATIONSHIP_TYPE',
    'The account sees no relationship type RelationNon. The nearest: "Has been in contact with" (ipjUWSTPKFt).',
    aBatch([aCase('p'), aCase('q')], [exposure('e', 'p', 'q', { type: 'RelationNon' })]),
  ],
  [
    'RELATIONSHIP_TYPE_MISMATCH',
    `The relationship type "Has been in contact with" (ipjUWSTPKFt) does not link tracked entities of the programs' type.`,
    aBatch([aCase('p'), aCase('q')], [exposure('e', 'p', 'q')]),
    seed => {
      seed.relationshipTypes![0]!.toConstraint = { relationshipEntity: 'PROGRAM_INSTANCE' };
    },
  ],
];

/** A rule of the case program that makes a field mandatory; `who` is the sex. */
function demand(seed: Dhis2Seed, condition: string, target: object) {
  const program = { id: WHO.cases };
  seed.programRuleVariables!.push({
    id: 'RuleVarWho1',
    name: 'who',
    program,
    programRuleVariableSourceType: 'TEI_ATTRIBUTE',
    trackedEntityAttribute: { id: WHO.sex },
  });
  seed.programRules!.push({
    id: 'RuleFever01',
    name: 'Fever asked',
    condition,
    program,
    programRuleActions: [{ id: 'RuleActFe01' }],
  });
  seed.programRuleActions!.push({
    id: 'RuleActFe01',
    programRule: { id: 'RuleFever01' },
    programRuleActionType: 'SETMANDATORYFIELD',
    ...target,
  });
}

describe('a mapping that does not fit the programs', () => {
  it.each(PROBLEMS)(
    'is reported, and nothing is written: %s: %s',
    async (code, says, batch, seed) => {
      const server = await startProgram({ seed });
      const set = attributeIn(server.store.toJSON() as Dhis2Seed, WHO.sex).optionSet!.id;
      await expect(upsert(server, batch)).rejects.toMatchObject({
        code: 'BAD_MAPPING',
        kind: 'configuration',
        fix: expect.any(String),
        details: {
          problems: [{ code, message: expect.stringContaining(says.replace('SETID', set)) }],
        },
      });
      expect(server.requests.writes()).toBe(0);
      expect(server.requests.byRoute()['GET /api/tracker/trackedEntities']).toBeUndefined();
    },
  );

  it('is reported at once, each problem once, for however many people', async () => {
    const server = await startProgram();
    const wrong = (id: string) =>
      aCase(id, { attributes: { AttributeXX: 'a' }, events: [clinical({ [WHO.result]: 'P' })] });
    const batch = aBatch([wrong('p'), wrong('q'), aCase('r', { program: 'COVID20' })]);
    const error = await upsert(server, batch).then(
      () => undefined,
      (thrown: { message: string; details: { problems: { code: string }[] } }) => thrown,
    );
    expect(error?.details.problems.map(({ code }) => code)).toEqual([
      'UNKNOWN_PROGRAM',
      'UNKNOWN_ATTRIBUTE',
      'UNKNOWN_DATA_ELEMENT',
    ]);
    expect(error?.message).toMatch(/2\.42.*3 problems/s);
  });

  it('is reported once for each cause, with the other programs and fields that have it', async () => {
    const server = await startProgram();
    const attributes = { AttributeXX: 'a', [WHO.sex]: MALE, [WHO.localId]: MALE };
    const batch = aBatch(
      [aCase('p', { attributes }), aCase('q', { program: WHO.contacts, attributes })],
      [],
      { tables: {} },
    );
    const error = await upsert(server, batch).then(
      () => undefined,
      (thrown: { details: { problems: { code: string; message: string }[] } }) => thrown,
    );
    expect(error?.details.problems).toMatchObject([
      {
        code: 'UNKNOWN_TABLE',
        message: expect.stringMatching(/ Also: attribute "Patinfo id" \(\w{11}\)\.$/),
      },
      {
        code: 'UNKNOWN_ATTRIBUTE',
        message: expect.stringMatching(/ Also: program ".+" \(DM9n1bUw8W8\)\.$/),
      },
    ]);
  });

  it.each([
    ['needs a value that the mapping never gives', 'd2:hasValue(A{who})'],
    ['reads only what the mapping never gives', "A{who} == 'MALE'"],
  ])('fits although a rule makes a field mandatory, if the rule %s', async (_, condition) => {
    const target = { trackedEntityAttribute: { id: WHO.phone } };
    const server = await startProgram({ seed: seed => demand(seed, condition, target) });
    const { [WHO.sex]: _sex, ...attributes } = aCase('p').attributes;
    const ran = await upsert(server, aBatch([{ ...aCase('p'), attributes }]));
    expect(reportOf(ran)).toMatchObject({ created: 2 });
  });

  it('fits although a mandatory value is missing, if DHIS2 generates it or it is the link', async () => {
    const server = await startProgram({
      seed: seed => {
        const program = programIn(seed, WHO.cases);
        for (const part of program.programTrackedEntityAttributes) {
          const { id } = part.trackedEntityAttribute;
          part.mandatory = [WHO.systemId, WHO.localId].some(one => one === id);
        }
        attributeIn(seed, WHO.localId).unique = true;
      },
    });
    const ran = await upsert(server, aBatch([aCase('p')], [], { linkAttribute: WHO.localId }));
    expect(reportOf(ran)).toMatchObject({ created: 2 });
    expect(living(server, 'trackedEntities')[0]!.attributes).toContainEqual(
      expect.objectContaining({ attribute: WHO.localId, value: 'p' }),
    );
  });
});

describe('a program', () => {
  it('is found by its code too', async () => {
    const server = await startProgram();
    const ran = await upsert(server, aBatch([aCase('p', { program: 'COVID19_CBS' })]));
    expect(reportOf(ran)).toMatchObject({ created: 2 });
    expect(living(server, 'enrollments')).toMatchObject([{ program: WHO.cases }]);
  });
});

describe('the place of a person', () => {
  it.each([
    ['a location with the id of the org unit', ID.facility, ID.facility],
    ['a village below one', 'village-1', ID.facility],
    ['a location with the code of one as identifier', 'by-code', ID.otherDistrict],
    ['a location with the id of one as identifier', 'by-id', ID.facility],
  ])('%s is the nearest org unit that has the program', async (_, location, orgUnit) => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('p', { location })]));
    expect(living(server, 'trackedEntities')).toMatchObject([{ orgUnit }]);
    expect(living(server, 'enrollments')).toMatchObject([{ orgUnit }]);
  });

  it('that has no org unit rejects the person, who is tried again; the others are written', async () => {
    const server = await startProgram();
    const batch = aBatch([
      aCase('p', { location: 'nowhere' }),
      aCase('q', { location: ID.district }),
      aCase('r', { location: undefined }),
      aCase('s'),
    ]);
    const ran = await upsert(server, batch);
    expect(reportOf(ran)).toMatchObject({ created: 2, rejectedCount: 3 });
    expect(reportOf(ran).rejected).toEqual([
      {
        kind: 'case',
        id: 'p',
        code: 'UNKNOWN_ORG_UNIT',
        message: expect.stringMatching(
          /^No org unit that the program "Demonstration: cases" is assigned to is for its location nowhere/,
        ),
      },
      expect.objectContaining({ id: 'q', code: 'UNKNOWN_ORG_UNIT' }),
      {
        kind: 'case',
        id: 'r',
        code: 'UNKNOWN_ORG_UNIT',
        message: expect.stringMatching(/^It has no location: .*Correct the person's address/),
      },
    ]);
    expect(ran.cursor!.people!.retry).toEqual(['p', 'q', 'r']);
    expect(living(server, 'trackedEntities')).toHaveLength(1);
  });

  it('is not needed if DHIS2 owns it', async () => {
    const server = await startProgram();
    const owners = {
      case: { 'addresses.locationId': { owner: 'dhis2', dhis2: 'orgUnit' } },
    } as const;
    await upsert(server, aBatch([aCase('p')], [], { owners }));
    const moved = aCase('p', {
      location: 'nowhere',
      attributes: { [WHO.surname]: 'Eze' },
      events: [labResult('lab')],
    });
    const ran = await upsert(server, aBatch([moved], [], { owners }));
    expect(reportOf(ran)).toMatchObject({ created: 1, updated: 1 });
    expect(living(server, 'events')).toMatchObject([{ orgUnit: ID.facility }]);
  });

  it('of an event without an org unit is that of the person, and is reported', async () => {
    const server = await startProgram();
    const event = labResult('lab', undefined, { location: 'nowhere' });
    const ran = await upsert(server, aBatch([aCase('p', { events: [event] })]));
    expect(living(server, 'events')).toMatchObject([{ orgUnit: ID.facility }]);
    expect(reportOf(ran).adjusted).toEqual([
      {
        kind: 'case',
        id: 'p',
        code: 'UNKNOWN_ORG_UNIT',
        message:
          'The location nowhere of an event of the stage "Labresult" has no org unit. The event is written to that of the person.',
      },
    ]);
  });
});
