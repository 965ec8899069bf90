/**
 * Requests of adaptors although no recording shows that 2.42 and 2.43 accept them: part of a line
 * of the check. At most ten. "The workflows ran" means: against real servers of 2.40 to 2.43, with
 * the same data values and people on all of them.
 */
export const WITHOUT_WITNESS: readonly { request: string; why: string }[] = [
  {
    request: '?rootJunction=OR',
    why: 'Metadata lists by several codes or ids at once; the workflows ran with it.',
  },
  {
    request: '?importStrategy=CREATE_AND_UPDATE',
    why: 'The default of both imports, stated explicitly; POST /metadata accepts it (002).',
  },
  {
    request: 'GET /organisationUnits ?filter=…:',
    why: 'Org units below a path (like) and down to a level (le); org-units-to-locations ran with it.',
  },
  {
    request: 'GET /organisationUnits ?order=level:asc,id:asc',
    why: 'Parents before children; the org unit workflows ran with it.',
  },
  {
    request: '?gist=true or false',
    why: 'Since 2.44 only gist=false gives all objects of a page; up to 2.43 it is the default.',
  },
  {
    request: 'GET /completeDataSetRegistrations ?children=true or false',
    why: 'Completeness of all units below one; cases-to-data-values ran with it.',
  },
  {
    request: 'GET /tracker/jobs/{id}/report ?reportMode=WARNINGS',
    why: 'The answer of a finished import with its warnings; unknown parameters are ignored (137).',
  },
  {
    request: 'POST /tracker attributes[].value null',
    why: 'null deletes the value of an attribute as it deletes that of an event (115).',
  },
  {
    request: 'GET /tracker/trackedEntities ?trackedEntityType={id}',
    why: 'A search in a type. Recorded on 2.42 with includeDeleted only, which is refused; alone it is accepted (dhis2 LIVE 208).',
  },
  {
    request: 'PATCH /organisationUnits/{id} [] remove',
    why: 'A removal is accepted, whether the property is present or not (dhis2 LIVE 247); locations-to-org-units ran with it.',
  },
];
