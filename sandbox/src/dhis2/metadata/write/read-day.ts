import type { JsonObject } from '../../http/json-object.js';
import { Refusal } from '../../http/web-message.js';

/**
 * Reads the day of an org unit's date; a day that does not exist is status 500 (dhis2 LIVE 244,
 * recording 068).
 *
 * @returns `yyyy-MM-dd`
 * @throws Refusal 500
 */
export function readDay(json: JsonObject, name: string): string | undefined {
  const text = json.text(name);
  if (text === undefined) return undefined;
  if (/^\d{9,}$/.test(text)) return new Date(Number(text)).toISOString().slice(0, 10);
  const [, day] = /^(\d{4}-\d\d-\d\d)(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ?? [];
  const instant = new Date(`${day}T00:00:00Z`);
  if (day !== undefined && !Number.isNaN(instant.getTime())) {
    if (instant.toISOString().startsWith(day)) return day;
  }
  throw new Refusal(500, {
    message: `Invalid date format '${text}', only ISO format or UNIX Epoch timestamp is supported.`,
  });
}
