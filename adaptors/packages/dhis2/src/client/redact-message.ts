/** Quoted values and dates in the server's messages: a user may have entered them for a person. */
const VALUES: readonly RegExp[] = [
  /(\bvalues?:? *)([`'"]).*?\2/gi,
  /(\bbut the value +)\S+.*?(?=( is not|$))/gi,
  /(\bdate format +)([`'"]).*?\2/gi,
  /(\bbut was: *)([`'"]?)[^`'"]*\2/gi,
];

/** Removes quoted values and dates from a server message, so that no error contains a person's data. */
export function redactMessage(message: string): string {
  return VALUES.reduce((text, pattern) => text.replace(pattern, '$1…'), message);
}
