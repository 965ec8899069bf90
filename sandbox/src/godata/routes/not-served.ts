import type { GoDataApp } from '../context.js';
import { notImplemented } from '../errors.js';

const PEOPLE = ':kind{cases|contacts|contacts-of-contacts|events}';

/** Words in the real server's paths that the sandbox's own routes would read as ids. */
const NOT_SERVED = [
  `outbreaks/:id/${PEOPLE}/:word{export|export-daily-follow-up-form|export-investigation-template}`,
  `outbreaks/:id/${PEOPLE}/:word{count-map|bars-transmission-chains}`,
  `outbreaks/:id/${PEOPLE}/:word{delay-onset-hospitalization|delay-onset-lab-testing}`,
  `outbreaks/:id/${PEOPLE}/:nk/lab-results/:word{export|filtered-count}`,
  `outbreaks/:id/${PEOPLE}/:nk/follow-ups/count`,
  `outbreaks/:id/${PEOPLE}/:nk/relationships/available-people`,
  'outbreaks/:id/clusters/count',
  'outbreaks/:id/follow-ups/export',
  // In a group: alone, a word in the middle matches the end of another, aggregate-filtered-count.
  'outbreaks/:id/lab-results/:word{(?:export|filtered-count|bulk)}',
  'outbreaks/export-fields-group',
  'users/:word{count|export}',
  'reference-data/:word{export|available-categories-per-disease}',
];

/** Refuses routes that the real server has and the sandbox lacks, before they look like a missing record. */
export function addNotServedRoutes(app: GoDataApp): void {
  for (const path of NOT_SERVED) {
    app.all(`/api/${path}`, c => {
      throw notImplemented(`${c.req.method} ${c.req.path}`);
    });
  }
}
