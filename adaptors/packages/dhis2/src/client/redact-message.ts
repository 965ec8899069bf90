/** Quoted texts that the server's messages give for values, and days: what a person may have entered. */
const VALUES: readonly RegExp[] = [
  /(\bvalues?:? *)([`'"]).*?\2/gi,
  /(\bbut the value +)\S+.*?(?=( is not|$))/gi,
  /(\bdate format +)([`'"]).*?\2/gi,
  /(\bbut was: *)([`'"]?)[^`'"]*\2/gi,
];

/** A message of the server's without the values that it repeats: no error holds a person's data. */
export function redactMessage(message: string): string {
  return VALUES.reduce((text, pattern) => text.replace(pattern, '$1…'), message);
}
