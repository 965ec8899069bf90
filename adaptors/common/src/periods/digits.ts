/** `7` → `07` */
export function pad2(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

/** `987` → `0987`, as a year is written. */
export function pad4(number: number): string {
  return number >= 1000 ? `${number}` : `${number}`.padStart(4, '0');
}
