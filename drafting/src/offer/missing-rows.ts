import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { placesOf, type Row } from '#common/people-mapping/rows.js';
import type { ListDraft, PeopleDraft } from '../people/draft.js';
import type { FieldPlace } from '../people/place.js';

/** The lists of rows of a mapping, by their names in it. */
function rowsOf(mapping: PeopleMapping): Record<string, readonly Row[]> {
  const { contact, contactOfContact, relationship, labResults, followUps } = mapping;
  return {
    case: mapping.case.rows,
    contact: [...(contact?.rows ?? []), ...(contactOfContact?.rows ?? [])],
    relationship: relationship?.rows ?? [],
    labResults: labResults?.rows ?? [],
    followUps: followUps?.rows ?? [],
  };
}

/** The fields that rows name, each answer by its variable. */
function fieldsOf(rows: readonly Row[]): Set<string> {
  return new Set(
    rows.flatMap(({ field, answers }) =>
      answers ? Object.keys(answers).map(variable => `${field}.${variable}`) : [field],
    ),
  );
}

/**
 * What a draft has and a mapping lacks: rows whose field no row of that list names, and whose place
 * no row of the mapping reads. Functions may read more places than their rows name.
 *
 * @param text of the job, in which an id counts as used wherever it stands
 * @returns the lists with something in them, by name
 */
export function missingRows(
  draft: PeopleDraft,
  mapping: PeopleMapping,
  text: string,
): { name: string; list: ListDraft }[] {
  const lists = rowsOf(mapping);
  const used = new Set(
    Object.values(lists)
      .flat()
      .flatMap(row => placesOf(row).map(place => ('ref' in place ? place.ref : ''))),
  );
  const isFree = (place: FieldPlace) =>
    ![place.field.id, place.field.code ?? '', ...place.field.texts].some(
      word => word !== '' && used.has(word),
    ) && !text.includes(place.field.id);
  const reduce = (name: string, list: ListDraft | undefined) => {
    const given = fieldsOf(lists[name] ?? []);
    return {
      name,
      list: {
        rows: (list?.rows ?? []).filter(
          ({ field, place }) => 'field' in place && !given.has(field) && isFree(place),
        ),
        answers: (list?.answers ?? []).filter(
          ({ variable, place }) => !given.has(`questionnaireAnswers.${variable}`) && isFree(place),
        ),
        computed: (list?.computed ?? []).filter(
          ({ field, places }) => !given.has(field) && places.length > 0 && places.every(isFree),
        ),
        doubts: (list?.doubts ?? []).filter(
          ({ field, place }) => !given.has(field) && isFree(place),
        ),
      },
    };
  };
  return [
    reduce('case', draft.case),
    reduce('contact', draft.contact),
    reduce('relationship', draft.relationship?.list),
    reduce('labResults', draft.labResults?.list),
    reduce('followUps', draft.followUps?.list),
  ].filter(({ list }) => Object.values(list).some(all => all.length > 0));
}
