import { createWeighted } from './dice.js';

/** A wave: where it peaks and how wide it is, both as shares of the outbreak's length, and its height. */
const WAVES = [
  { peak: 0.42, width: 0.15, height: 1 },
  { peak: 0.8, width: 0.09, height: 0.45 },
];
/** Sporadic cases before, between and after the waves. */
const FLOOR = 0.03;

/**
 * An epidemic curve of two waves over the last weeks.
 *
 * @param weeks 1 or more; the last one ends today
 * @returns day of report for a number in [0, 1): 0 is today, the days before are negative
 */
export function createCurve(weeks: number): (random: number) => number {
  const days = Array.from({ length: weeks * 7 }, (_, index) => index + 1 - weeks * 7);
  const weights = days.map((_, index) => {
    const time = (index + 0.5) / days.length;
    const waves = WAVES.map(
      ({ peak, width, height }) => height * Math.exp(-(((time - peak) / width) ** 2)),
    );
    return waves.reduce((sum, wave) => sum + wave, FLOOR);
  });
  return createWeighted(days, weights);
}
