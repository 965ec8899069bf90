import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftProject } from '#drafting/index.js';
import type { BothServers } from '../support/both-servers.js';
import { loadShippedMapping } from '../support/shipped-mapping.js';
import { startWhoServers } from './support/who-servers.js';

let servers: BothServers;
beforeAll(async () => {
  const { mapping } = await loadShippedMapping();
  servers = await startWhoServers(mapping, seed => {
    // Two programs of one name.
    for (const program of seed.programs ?? []) program.name = 'Programme';
  });
});
afterAll(() => servers.close());

/** Drafts a project for somebody who gives these answers, in this order. */
async function answer(...answers: string[]) {
  const asked: { question: string; listed: readonly string[] }[] = [];
  const draft = await draftProject({
    credentials: servers.credentials as never,
    choices: {},
    ask: async (question, listed) => {
      asked.push({ question, listed });
      return answers.shift() ?? 'none';
    },
  });
  return { asked, ...draft };
}

describe('the questions of init', () => {
  it('say what each choice is for, list what there is, and take none', async () => {
    const { asked, leftOut } = await answer('COVID-19', 'COVID19_CBS', 'none', 'OUTBREAK_WEEKLY');
    expect(asked.map(({ question }) => question)).toEqual([
      'Which outbreak? (id or name)',
      'Which tracker program has the cases? (id, code or name; none)',
      'Which tracker program has the contacts? (id, code or name; none)',
      'Which data set gets the counts? (id, code or name; none)',
    ]);
    expect(asked[1]!.listed.toSorted()).toEqual([
      'Programme (COVID19_CBS, uYjxkTbwRNf)',
      'Programme (COVID19_CONTACTS, DM9n1bUw8W8)',
      'none',
    ]);
    expect(leftOut.map(({ workflow }) => workflow)).not.toContain('cases-to-data-values');
  });

  it('are asked again after an answer that is empty, unknown or ambiguous, with the reason', async () => {
    const { asked } = await answer('', 'Covid', ' COVID-19 ', 'Programme', 'none', 'none');
    const reasons = asked.map(({ question }) => question.split('\n').slice(0, -1).join());
    expect(reasons).toEqual([
      '',
      expect.stringMatching(/^--outbreak is missing\. The account sees: COVID-19/),
      expect.stringMatching(/^--outbreak: the account sees no outbreak .* "Covid"\. It sees: /),
      '',
      expect.stringMatching(/^--case-program: "Programme" names several objects: .*uYjxkTbwRNf/),
      '',
    ]);
  });
});
