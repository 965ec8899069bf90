import type { Dice } from './dice.js';

const HEADS =
  'Ba Be Bo Da De Do Fa Fe Ka Ke Ko La Le Lo Ma Me Mo Na Ne No Ra Re Sa Se So Ta Te To'.split(' ');
const MIDDLES = 'bu di ga go lu ma mi na ri ro ru sha si ta ti va vi wa zu'.split(' ');
const TAILS = 'ba da la lo ma na no ra ri ro ta to va ya'.split(' ');

/** Names that do not exist. */
const FIRST_NAMES =
  'Abenoru Belistra Cadorim Dalvena Elmirok Farandel Gelvina Horadim Ilvester Joranika Kelvandra Lomirand Mavelisse Norvadin Olmerika Pavrunel Quilandra Rosmerin Selvandor Tavrinel Ulmandis Valdorine Wesmarik Yolvanta'.split(
    ' ',
  );
const LAST_NAMES =
  'Abrunov Balvendis Cormelan Dravenel Estavrik Fordunal Galvimont Hestarol Isvandre Jormundel Kastrevin Lorvendal Mostravin Nelvandis Orvestan Prelundik Quarvenol Rastelund Sorvindal Trevalund Ursvandel Velmontis Wendravik Zarvimond'.split(
    ' ',
  );

/** An invented place name of three or four syllables. */
export function toPlaceName(dice: Dice): string {
  const middle = dice.chance(0.4) ? dice.pick(MIDDLES) + dice.pick(MIDDLES) : dice.pick(MIDDLES);
  return dice.pick(HEADS) + middle + dice.pick(TAILS);
}

export function toFirstName(dice: Dice): string {
  return dice.pick(FIRST_NAMES);
}

export function toLastName(dice: Dice): string {
  return dice.pick(LAST_NAMES);
}
