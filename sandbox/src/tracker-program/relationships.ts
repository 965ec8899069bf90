import { createDice, type Dice } from '../outbreak/dice.js';
import { isCase } from './draft-person.js';

/** The two people of a relationship, by their numbers; either may be the first end in DHIS2. */
export interface RelationshipDraft {
  from: number;
  to: number;
}

const RELATION_STREAM = 23;

/**
 * The relationships of a person to people with lower numbers, so that each is drawn once: a contact
 * has one case, two or none, and sometimes another contact; every fourth case has the case that
 * infected it.
 *
 * @param number of the person, from 0
 */
export function draftRelationships(seed: number, number: number): RelationshipDraft[] {
  const dice = createDice(seed, RELATION_STREAM, number);
  if (number === 0) return [];
  if (isCase(number))
    return dice.chance(0.25) ? pairs(number, [lowerCase(number, dice)], dice) : [];
  const cases = Array.from({ length: dice.pick([0, 1, 1, 1, 1, 2]) }, () =>
    lowerCase(number, dice),
  );
  const contact = number - 1;
  const others = dice.chance(0.05) && !isCase(contact) ? [contact] : [];
  return pairs(number, [...new Set([...cases, ...others])], dice);
}

function lowerCase(number: number, dice: Dice): number {
  const other = dice.between(0, number - 1);
  // Of every five people, the first three are cases.
  return isCase(other) ? other : other - (other % 5);
}

function pairs(number: number, others: number[], dice: Dice): RelationshipDraft[] {
  return others.map(other =>
    dice.chance(0.5) ? { from: other, to: number } : { from: number, to: other },
  );
}
