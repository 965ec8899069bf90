import type { GoDataApp, GoDataContext } from '../context.js';
import { unknownRecord } from '../errors.js';
import { CONTACT_OF_CONTACT } from '../models.js';
import { CONVERSIONS, convertPerson } from '../rules/person-conversion.js';
import { methodNotFound } from './not-found.js';
import { beginWrite, withoutType } from './people.js';

/** From one kind of person to another (godata FACTS §2.2, r158, r159). */
export function addConversionRoutes(app: GoDataApp, context: GoDataContext): void {
  for (const conversion of CONVERSIONS) {
    const { from, to } = conversion;
    const isOfContacts = from === CONTACT_OF_CONTACT || to === CONTACT_OF_CONTACT;
    const name = to.permission.replaceAll('_', '-');
    app.post(`/api/outbreaks/:id/${from.path}/:nk/convert-to-${name}`, c => {
      if (isOfContacts && !context.dialect.convertsContactsOfContacts) throw methodNotFound(c);
      const permission = `${from.permission}_convert_to_${to.permission}`;
      const { user } = beginWrite(c, context, from, permission);
      const person = context.store.people.get(c.req.param('nk'));
      if (person?.type !== from.type || person.deleted === true) {
        throw unknownRecord(from.model, c.req.param('nk'));
      }
      return c.json(withoutType(convertPerson(context, person, conversion, user)));
    });
  }
}
