/** What a kind of workflow is made from: a folder of templates/, or a workflow of this package. */
export interface Kind {
  what: string;
  template?: string;
  workflow?: string;
}

/** The kinds of workflows that `new-workflow --from` knows by a word. */
export const KINDS: Readonly<Record<string, Kind>> = {
  cases: { what: 'counts of cases', workflow: 'cases-to-data-values' },
  contacts: { what: 'counts of contacts', template: 'workflow' },
  'follow-ups': { what: 'counts of follow-ups', template: 'follow-ups' },
  'lab-results': { what: 'counts of lab results', template: 'lab-results' },
  people: { what: 'people into Go.Data', workflow: 'tracked-entities-to-cases' },
  places: { what: 'org units into Go.Data', workflow: 'org-units-to-locations' },
  options: { what: 'option sets into reference data', workflow: 'options-to-reference-data' },
};
