import { describe, expect, it } from 'vitest';
import { anImporter, aPerson, enrolment, labResult, MINORS } from './support/tracker-import.js';
import { WHO } from './support/tracker-seed.js';

const BROKEN = { trackedEntities: [aPerson({ orgUnit: 'Nowhere' })] };

describe.each(MINORS)('an import of DHIS2 2.%i', minor => {
  const version = `2.${minor}`;

  it('creates new objects without a given strategy', async () => {
    const { send } = await anImporter(version);
    const { status, body } = await send({ trackedEntities: [aPerson()] });
    expect([status, body.status, body.stats.created]).toEqual([200, 'OK', 1]);
    const { TRACKED_ENTITY, ...others } = body.bundleReport.typeReportMap;
    expect(Object.keys(others)).toEqual(['ENROLLMENT', 'EVENT', 'RELATIONSHIP']);
    expect(TRACKED_ENTITY.objectReports).toEqual([
      {
        trackerType: 'TRACKED_ENTITY',
        uid: 'PersonNew01',
        errorReports: [],
        ...(minor <= 40 ? { index: 0 } : {}),
      },
    ]);
    expect('status' in body.bundleReport).toBe(minor <= 39);
  });

  it('also updates, since 2.40', async () => {
    const { send } = await anImporter(version);
    await send({ trackedEntities: [aPerson()] });
    const again = await send({ trackedEntities: [aPerson()] });
    if (minor >= 40) expect(again.body.stats.updated).toBe(1);
    else expect(again.codes).toEqual(['E1002']);
  });

  it('names the object of an error, since 2.42', async () => {
    const { send } = await anImporter(version);
    const { errors } = await send(BROKEN);
    const message =
      minor >= 42
        ? 'Could not find OrganisationUnit: `Nowhere` linked to TrackedEntity.'
        : 'Could not find OrganisationUnit: `Nowhere`, linked to Tracked Entity.';
    expect(errors).toEqual([
      {
        message,
        errorCode: 'E1049',
        trackerType: 'TRACKED_ENTITY',
        uid: 'PersonNew01',
        ...(minor >= 42 ? { args: ['Nowhere'] } : {}),
      },
    ]);
  });

  it('reports a malformed UID as an error, and since 2.42 refuses the whole payload', async () => {
    const { send } = await anImporter(version);
    const { status, body, codes } = await send({
      trackedEntities: [aPerson({ trackedEntity: '1stPerson01' })],
      enrollments: [
        enrolment({ trackedEntity: '1stPerson01', notes: [{ note: 'x', value: 'y' }] }),
      ],
    });
    if (minor >= 42) {
      expect(status).toBe(400);
      expect(body.message).toMatch(/UID must be an alphanumeric string of 11 characters/);
    } else {
      expect([status, codes]).toEqual([409, ['E1048', 'E1048']]);
    }
  });

  it('words errors about values of another type as its version does', async () => {
    const { save } = await anImporter(version);
    const { errors } = await save({
      trackedEntities: [aPerson({ attributes: [{ attribute: WHO.age, value: 'old' }] })],
      enrollments: [enrolment()],
      events: [
        labResult({
          programStage: WHO.clinical,
          dataValues: [{ dataElement: WHO.onset, value: 'soon' }],
        }),
      ],
    });
    const texts = errors.map(({ message }) => message);
    if (minor >= 41) {
      expect(texts[0]).toBe(
        'Error validating attribute value type: `INTEGER_ZERO_OR_POSITIVE`; Error: `Value type is INTEGER_ZERO_OR_POSITIVE but the value `old` is not.`.',
      );
      expect(texts[1]).toMatch(/^DataElement `DATE` is not valid: `Value type is DATE but/);
    } else {
      expect(texts[0]).toMatch(/`Rv8WM2mTuS5`, value does not match value type: `value_not_/);
      expect(texts[1]).toMatch(/^DataElement `s3eoonJ8OJb` is not valid: `value_not_valid_date`/);
    }
  });

  it('lists the accepted values when a value is not an option', async () => {
    const { save } = await anImporter(version);
    const attributes = [{ attribute: WHO.sex, value: 'Male' }];
    const { errors } = await save({ trackedEntities: [aPerson({ attributes })] });
    const texts: Record<number, string> = {
      38: `Value Male is not a valid option for TrackedEntityAttribute ${WHO.sex} in option set OptionSetSx`,
      41: 'Value `Male` is not a valid option code in option set `OptionSetSx`',
      42: 'Value `Male` is not a valid option code in OptionSet `OptionSetSx`.',
    };
    expect(errors[0].message).toBe(texts[minor <= 40 ? 38 : Math.min(minor, 42)]);
    if (minor >= 42) expect(errors[0].args).toEqual(['Male', 'OptionSetSx']);
  });
});

it('of 2.39 only creates without a given strategy', async () => {
  const { send } = await anImporter('2.39');
  await send({ trackedEntities: [aPerson()] });
  expect((await send({ trackedEntities: [aPerson()] })).codes).toEqual(['E1002']);
});
