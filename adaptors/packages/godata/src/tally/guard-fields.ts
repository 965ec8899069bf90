import { badOption } from '#common/operations/options.js';
import type { PersonRecord } from '../client/requests/people.js';

/** Records whose reading is watched: enough to meet every branch of a dimension, few enough to cost nothing. */
const WATCHED = 1000;

/** A dimension or a locator. */
interface Guarded<Context> {
  fields: string[];
  code: (person: PersonRecord, context: Context) => unknown;
}

/**
 * Watches which properties a dimension reads of the first records. One that it does not declare was
 * not asked of the server, so it would be empty for every record, and every count would be wrong.
 *
 * @param path where the dimension stands, for the message: `dimensions.risk`
 * @throws IntegrationError `BAD_OPTION` (configuration) from the dimension's `code`
 */
export function guardFields<Context>(
  path: string,
  { fields, code }: Guarded<Context>,
): Guarded<Context> {
  const declared = new Set([...fields, 'id', 'deleted']);
  let watched = 0;
  const watch: ProxyHandler<PersonRecord> = {
    get(person, property, receiver) {
      if (typeof property === 'string' && !declared.has(property)) {
        throw badOption(
          path,
          `reads ${property}, which is not among its fields`,
          `Add it: fields: [${[...fields, property].map(field => `'${field}'`).join(', ')}].`,
        );
      }
      return Reflect.get(person, property, receiver);
    },
  };
  return {
    fields,
    code: (person, context) => {
      if (watched >= WATCHED) return code(person, context);
      watched += 1;
      return code(new Proxy(person, watch), context);
    },
  };
}
