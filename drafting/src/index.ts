/*
 * Drafts mappings from what both servers have. `godata-dhis2 init` and `check --online` load it.
 */
import type { DraftRequest, ProjectDraft } from '#runtime/scaffold/draft.js';
import { draftAggregate } from './aggregate/draft-aggregate.js';
import { draftJobs } from './draft-jobs.js';
import { listLeftOut } from './left-out.js';
import { draftOptions } from './options/draft-options.js';
import { draftPeople } from './people/draft-people.js';
import { readServers } from './servers/read-servers.js';
import { summarise } from './summary.js';

export { offerRows } from './offer/offer-rows.js';

/**
 * Drafts the jobs of a project: reads the programs, the data set and the outbreak that the user
 * chose, and proposes rows. Writes nothing.
 *
 * @throws IntegrationError (configuration): those of `readServers`
 */
export async function draftProject(request: DraftRequest): Promise<ProjectDraft> {
  const { dhis2, goData } = await readServers(request);
  const people = draftPeople(dhis2, goData);
  const aggregate = dhis2.dataSet && draftAggregate(dhis2.dataSet, goData);
  const options = draftOptions(people);
  const drafts = { people, aggregate, options };
  return {
    jobs: draftJobs(dhis2, goData, drafts),
    leftOut: listLeftOut(dhis2, drafts),
    remarks: summarise(people, aggregate, options),
  };
}
