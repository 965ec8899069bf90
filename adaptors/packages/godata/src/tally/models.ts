import { PERSON_MODELS, type PersonModel } from '../client/person-models.js';
import type { PersonRecord } from '../client/requests/people.js';
import type { Locator } from './locate.js';

/** The records of people that the server lists for a whole outbreak, each with its person. */
export type RelatedModel = 'follow-ups' | 'lab-results';

/** What can be counted. */
export type TallyModel = PersonModel | RelatedModel;

/** The differences between what can be counted. */
export interface TallyTraits {
  /** Dates by which a record can be counted. The first is the default. */
  dateFields: readonly string[];
  /** Where a record is counted by default. */
  locator: Locator;
}

const residenceOf = (person: unknown) =>
  (person as PersonRecord | undefined)?.usualPlaceOfResidenceLocationId;

/**
 * People are counted at their usual place of residence, events at their address. The server
 * computes the usual place of residence from the addresses (godata FACTS §4). The addresses have
 * telephone numbers and are not read.
 */
function locatePerson(model: PersonModel): Locator {
  const field = PERSON_MODELS[model].locationField;
  return {
    fields: [field],
    code: person => (field === 'address' ? person.address?.locationId : person[field]),
  };
}

const RELATED: Record<RelatedModel, TallyTraits> = {
  // A follow-up keeps the place where its person lived on that day.
  'follow-ups': {
    dateFields: ['date', 'createdAt'],
    locator: {
      fields: ['usualPlaceOfResidenceLocationId', 'person.usualPlaceOfResidenceLocationId'],
      code: followUp => residenceOf(followUp) ?? residenceOf(followUp.person),
    },
  },
  'lab-results': {
    dateFields: [
      'dateSampleTaken',
      'dateSampleDelivered',
      'dateTesting',
      'dateOfResult',
      'createdAt',
    ],
    locator: {
      fields: ['person.usualPlaceOfResidenceLocationId'],
      code: result => residenceOf(result.person),
    },
  },
};

/** All that can be counted. */
export const TALLY_MODELS: readonly string[] = [
  ...Object.keys(PERSON_MODELS),
  ...Object.keys(RELATED),
];

/** Whether a model is one of records of people. */
export function isRelated(model: TallyModel): model is RelatedModel {
  return Object.hasOwn(RELATED, model);
}

/** The properties of what is counted. */
export function traitsOf(model: TallyModel): TallyTraits {
  if (isRelated(model)) return RELATED[model];
  return { dateFields: PERSON_MODELS[model].dateFields, locator: locatePerson(model) };
}
