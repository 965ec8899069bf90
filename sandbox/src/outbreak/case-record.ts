import { CASE, type Person } from '../godata/index.js';
import type { Calendar } from './calendar.js';
import { refId } from './codes.js';
import type { Dice } from './dice.js';
import type { Draft } from './draft.js';
import { toUuid } from './ids.js';
import { toAddress, toDocuments, toName, toStamps, toVaccines } from './person-record.js';

const RISK_LEVELS = ['1_LOW', '2_MEDIUM', '3_HIGH'] as const;

/** What a case's record needs besides its draft. */
export interface RecordContext {
  outbreakId: string;
  userId: string;
  calendar: Calendar;
  /** Answers to the investigation form on a day. */
  answers(on: number, dice: Dice): Record<string, unknown>;
  /** @param number of the case, from 0 */
  visualId(number: number): string;
  /** Id of another case, for a relationship. */
  otherId(dice: Dice): string;
}

/**
 * A draft as Go.Data answers it: a full record of 2 to 3 KB (godata FACTS §4). Unknown values are
 * absent, as in lists of the real server. Written without spreads, which would cost ten times as
 * much as the rest: a benchmark builds a million of these.
 */
export function draftToCase(
  id: string,
  number: number,
  draft: Draft,
  dice: Dice,
  context: RecordContext,
): Person {
  const { calendar, userId } = context;
  const { day } = calendar;
  const { age, bornOn, locationId, onsetOn, outcome, outcomeOn, reportedOn, sex } = draft;
  const created = reportedOn ?? onsetOn;
  const { firstName, lastName } = toName(dice);
  const relationships = toRelationships(dice, context);
  const stamps = toStamps(created, draft.deletedOn, dice, calendar);
  const record: Person = {
    firstName,
    middleName: null,
    lastName,
    duplicateKeys: { name: [`${lastName}${firstName}`.toLowerCase()] },
    wasContact: dice.chance(0.3),
    wasContactOfContact: false,
    safeBurial: outcome === 'DECEASED' && dice.chance(0.7),
    classification: refId('CASE_CLASSIFICATION', draft.classification),
    riskLevel: refId('RISK_LEVEL', dice.pick(RISK_LEVELS)),
    riskReason: '',
    transferRefused: dice.chance(0.04),
    questionnaireAnswers: context.answers(created, dice),
    id,
    type: CASE.type,
    outbreakId: context.outbreakId,
    visualId: context.visualId(number),
    occupation: refId('OCCUPATION', dice.chance(0.06) ? 'HEALTH_CARE_WORKER' : 'OTHER'),
    documents: toDocuments(number, dice),
    addresses: locationId ? [toAddress(locationId, dice)] : [],
    isDateOfReportingApproximate: false,
    dateOfInfection: day(onsetOn - dice.between(4, 12)),
    dateOfOnset: day(onsetOn),
    isDateOfOnsetApproximate: dice.chance(0.2),
    dateBecomeCase: day(onsetOn + 1),
    dateRanges: draft.stay ? [toStay(draft, context)] : [],
    classificationHistory: toHistory(draft, created, dice, context),
    vaccinesReceived: toVaccines(day(onsetOn - dice.between(60, 600)), dice),
    hasRelationships: relationships.length > 0,
    relationshipsRepresentation: relationships,
    numberOfExposures: relationships.length,
    numberOfContacts: dice.between(0, 8),
    usualPlaceOfResidenceLocationId: locationId ?? null,
    createdAt: stamps.createdAt,
    createdBy: userId,
    updatedAt: stamps.updatedAt,
    updatedBy: userId,
    dbUpdatedAt: stamps.updatedAt,
    createdOn: 'API',
    deleted: draft.deletedOn !== undefined,
    address: {},
  };
  if (sex) record.gender = refId('GENDER', sex);
  if (bornOn !== undefined) record.dob = day(bornOn);
  if (age) record.age = age;
  if (reportedOn !== undefined) record.dateOfReporting = day(reportedOn);
  if (outcome) record.outcomeId = refId('OUTCOME', outcome);
  if (outcomeOn !== undefined) record.dateOfOutcome = day(outcomeOn);
  if (record.deleted) record.deletedAt = stamps.updatedAt;
  return record;
}

function toStay({ stay, locationId }: Draft, { calendar }: RecordContext) {
  return {
    typeId: refId('PERSON_DATE_TYPE', 'HOSPITALIZATION'),
    centerName: null,
    locationId: locationId ?? null,
    comments: null,
    ...(stay?.from === undefined ? {} : { startDate: calendar.day(stay.from) }),
    ...(stay?.to === undefined ? {} : { endDate: calendar.day(stay.to) }),
  };
}

/** Confirmed and discarded cases were suspects first. */
function toHistory(draft: Draft, created: number, dice: Dice, { calendar }: RecordContext) {
  const first = calendar.instant(created, 600);
  const classification = refId('CASE_CLASSIFICATION', draft.classification);
  if (draft.classification === 'SUSPECT' || draft.classification === 'PROBABLE') {
    return [{ classification, startDate: first, endDate: null }];
  }
  const changed = calendar.instant(created + dice.between(1, 3), 700);
  return [
    {
      classification: refId('CASE_CLASSIFICATION', 'SUSPECT'),
      startDate: first,
      endDate: changed,
    },
    { classification, startDate: changed, endDate: null },
  ];
}

function toRelationships(dice: Dice, context: RecordContext) {
  return Array.from({ length: dice.between(0, 2) }, () => ({
    id: toUuid(dice),
    active: true,
    otherParticipantType: CASE.type,
    otherParticipantId: context.otherId(dice),
    ...(dice.chance(0.5) ? { source: true } : { target: true }),
  }));
}
