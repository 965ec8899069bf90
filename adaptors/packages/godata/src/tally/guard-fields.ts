import { badOption } from '#common/operations/options.js';
import type { PersonRecord } from '../client/requests/people.js';

/** Records to watch: enough to reach every branch of a dimension, few enough to cost no time. */
const WATCHED = 1000;

/** A dimension or a locator. */
interface Guarded<Context> {
  fields: string[];
  code: (person: PersonRecord, context: Context) => unknown;
}

/**
 * Watches which properties a dimension reads from the first records. A property that it does not
 * declare was not requested from the server. It would be empty in every record, and every count
 * would be wrong.
 *
 * @param path path of the dimension in the options, for the message: `dimensions.risk`
 * @throws IntegrationError `BAD_OPTION` (configuration) from the dimension's `code`
 */
export function guardFields<Context>(
  path: string,
  { fields, code }: Guarded<Context>,
): Guarded<Context> {
  const declared = new Set([...fields.map(field => field.split('.')[0]!), 'id', 'deleted']);
  let watched = 0;
  const watch: ProxyHandler<PersonRecord> = {
    get(person, property, receiver) {
      if (typeof property === 'string' && !declared.has(property)) {
        throw badOption(
          path,
          `its function reads ${property}, which is not among its fields`,
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
