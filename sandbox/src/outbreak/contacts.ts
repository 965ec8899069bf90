import { CASE, CONTACT, type Person } from '../godata/index.js';
import type { CaseContext, CaseMaker } from './case-maker.js';

import { refId } from './codes.js';
import { createDice } from './dice.js';
import { toUuid } from './ids.js';
import { toVisualId } from './outbreak-form.js';
import { toAddress, toDocuments, toName, toStamps } from './person-record.js';

const CONTACT_STREAM = 4;
const ANSWER_STREAM = 6;
const UNDER_FOLLOW_UP = 'LNG_REFERENCE_DATA_CONTACT_FINAL_FOLLOW_UP_STATUS_TYPE_UNDER_FOLLOW_UP';

/** Contacts of the cases, as Go.Data answers them (godata FACTS §4); every tenth has no address. */
export function createContacts(context: CaseContext, cases: CaseMaker, count: number): Person[] {
  const { day } = cases.calendar;
  return Array.from({ length: count }, (_, number) => {
    const dice = createDice(context.seed, CONTACT_STREAM, number);
    const reportedOn = -dice.between(0, context.weeks * 7 - 1);
    const answers = context.form?.answers(
      'contact',
      reportedOn,
      createDice(context.seed, ANSWER_STREAM, number),
    );
    const location = (number + 1) % 10 === 0 ? undefined : dice.pick(context.places);
    return {
      ...toName(dice),
      gender: refId('GENDER', dice.pick(['FEMALE', 'MALE'])),
      id: toUuid(dice),
      type: CONTACT.type,
      outbreakId: context.outbreakId,
      visualId: toVisualId('contact', number, context.form, context.today.slice(0, 4)),
      ...(answers ? { questionnaireAnswers: answers } : {}),
      riskLevel: refId('RISK_LEVEL', dice.pick(['1_LOW', '2_MEDIUM', '3_HIGH'])),
      safeBurial: false,
      wasCase: false,
      wasContactOfContact: false,
      transferRefused: false,
      active: true,
      age: { years: dice.between(0, 90), months: 0 },
      documents: toDocuments(number, dice),
      addresses: location ? [toAddress(location.id, dice)] : [],
      usualPlaceOfResidenceLocationId: location?.id ?? null,
      dateOfReporting: day(reportedOn),
      isDateOfReportingApproximate: false,
      dateOfLastContact: day(reportedOn - dice.between(0, 5)),
      dateBecomeContact: day(reportedOn),
      followUp: {
        originalStartDate: day(reportedOn + 1),
        startDate: day(reportedOn + 1),
        endDate: day(reportedOn + 21),
        status: UNDER_FOLLOW_UP,
      },
      hasRelationships: true,
      relationshipsRepresentation: [
        {
          id: toUuid(dice),
          active: true,
          otherParticipantType: CASE.type,
          otherParticipantId: cases.id(dice.between(0, context.count - 1)),
          target: true,
        },
      ],
      numberOfExposures: 1,
      numberOfContacts: 0,
      ...toStamps(reportedOn, undefined, dice, cases.calendar),
      createdBy: context.userId,
      updatedBy: context.userId,
      createdOn: 'API',
      deleted: false,
      address: {},
    };
  });
}
