import type { RunRow } from '#runtime/record/run-rows.js';
import type { ShownJob } from '#runtime/view/mapping/show-mappings.js';
import type { CheckState } from '#runtime/view/online/online-check.js';
import type { PersonValues } from '#runtime/view/online/person-values.js';
import type { Preview } from '#runtime/view/online/preview.js';

/** What went wrong, in the words of the program. */
export interface Refusal {
  code: string;
  message: string;
  fix?: string;
}

/** How far a check has come. */
export type Progress = Omit<CheckState, 'findings' | 'metadata'>;

/** The mapping with what the last check found. */
export interface Mapping {
  jobs: ShownJob[];
  other: ShownJob['findings'];
  /** Absent without credentials. */
  check?: Progress;
}

/** An answer, or why there is none. */
export type Answer<Given> = Given | { error: Refusal };

const csrf = () => document.querySelector<HTMLMetaElement>('meta[name=csrf]')!.content;

async function ask<Given>(path: string, body?: object): Promise<Answer<Given>> {
  try {
    const response = await fetch(path, {
      ...(body
        ? {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json', 'x-csrf-token': csrf() },
          }
        : {}),
    });
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    if (isJson) return (await response.json()) as Answer<Given>;
    return { error: { code: String(response.status), message: await response.text() } };
  } catch (error) {
    return { error: { code: 'NO_ANSWER', message: (error as Error).message } };
  }
}

/** What the page asks the server of this machine. */
export const api = {
  runs: () => ask<RunRow[]>('/api/runs'),
  mapping: () => ask<Mapping>('/api/mapping'),
  progress: () => ask<Progress>('/api/check'),
  startCheck: () => ask<object>('/api/check', {}),
  preview: (workflow: string) => ask<Preview>('/api/preview', { workflow }),
  values: (workflow: string, id: string) => ask<PersonValues>('/api/values', { workflow, id }),
};

/** Whether an answer is a refusal. */
export function isRefusal(answer: object): answer is { error: Refusal } {
  return 'error' in answer;
}
