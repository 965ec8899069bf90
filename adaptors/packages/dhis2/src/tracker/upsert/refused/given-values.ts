import type { SentValue } from '../plan/bodies.js';
import type { PlannedObject } from '../plan/person-plan.js';
import type { SentAttribute } from '../plan/send-attributes.js';

/** A value that is sent with an object. */
export interface GivenValue {
  /** Attribute or data element. */
  path: string;
  text: string;
}

/** The values of attributes or data elements that are sent with an object, removals left out. */
export function givenValues({ body }: Pick<PlannedObject, 'body'>): GivenValue[] {
  const attributes = (body.attributes ?? []) as SentAttribute[];
  const dataValues = (body.dataValues ?? []) as SentValue[];
  return [
    ...attributes.map(({ attribute, value }) => ({ path: attribute, text: value })),
    ...dataValues.map(({ dataElement, value }) => ({ path: dataElement, text: value })),
  ].filter((one): one is GivenValue => one.text !== null && one.text.trim() !== '');
}
