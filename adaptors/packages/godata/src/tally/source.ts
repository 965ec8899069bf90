import type { GoDataClient } from '../client/client.js';
import type { Where } from '../client/query/filter.js';
import type { PeopleQuery, PersonRecord } from '../client/requests/people.js';
import { isRelated, type RelatedModel, type TallyModel } from './models.js';

/** Where the records to count come from. */
export interface TallySource {
  count(where: Where): Promise<number>;
  /** Page by page. @param pick returns what is kept of a record, and may get a record twice */
  read<T>(query: PeopleQuery, pick: (record: PersonRecord) => T): AsyncIterable<T[]>;
}

/** The property in which a list has the person of each record (godata FACTS §2.4). */
const PERSON_IN: Record<RelatedModel, 'contact' | 'person'> = {
  'follow-ups': 'contact',
  'lab-results': 'person',
};

function createRelatedSource(
  client: GoDataClient,
  outbreakId: string,
  model: RelatedModel,
): TallySource {
  const { followUps, labResults } = client.outbreak(outbreakId);
  const records = model === 'follow-ups' ? followUps : labResults;
  const inside = PERSON_IN[model];
  return {
    count: where => records.count(where),
    async *read({ where = {}, fields, ...paged }, pick) {
      // Only these properties of a person travel: `contact.gender`.
      const asked = fields.map(field => field.replace(/^person\./, `${inside}.`));
      for await (const page of records.pages({ where, fields: asked, ...paged })) {
        yield page.map(record => {
          const { [inside]: person, ...own } = record as unknown as PersonRecord;
          return pick({ ...own, person } as PersonRecord);
        });
      }
    },
  };
}

/** The records of an outbreak of one kind. A follow-up and a lab result have their `person`. */
export function createSource(
  client: GoDataClient,
  outbreakId: string,
  model: TallyModel,
): TallySource {
  if (isRelated(model)) return createRelatedSource(client, outbreakId, model);
  return {
    count: where => client.countPeople(outbreakId, model, where),
    read: (query, pick) => client.pickPeople(outbreakId, model, query, pick),
  };
}
