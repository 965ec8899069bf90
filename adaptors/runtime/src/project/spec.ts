/*
 * The parts of project.yaml that the runtime reads; the format is OpenFn's portability spec v1, the
 * one that `openfn deploy` and GitHub Sync take (openfn FACTS §2).
 */

/** A job's body: its text, or where its text is. */
export type JobBody = string | { path: string };

export interface JobSpec {
  name?: string;
  adaptor?: string;
  credential?: string | null;
  body?: JobBody;
}

export interface TriggerSpec {
  type?: string;
  enabled?: boolean;
  cron_expression?: string | null;
  /** Key of the job whose last state a cron run begins with. */
  cron_cursor_job?: string | null;
}

export interface EdgeSpec {
  source_trigger?: string | null;
  source_job?: string | null;
  target_job?: string;
  condition_type?: string;
  /** YAML reads `true` and `1` as what they are; both are expressions as well. */
  condition_expression?: string | boolean | number | null;
  condition_label?: string | null;
  enabled?: boolean;
}

export interface WorkflowSpec {
  name?: string;
  jobs?: Record<string, JobSpec>;
  triggers?: Record<string, TriggerSpec>;
  edges?: Record<string, EdgeSpec>;
}

export interface ProjectSpec {
  name?: string;
  description?: string;
  collections?: Record<string, { name?: string }>;
  credentials?: Record<string, { name?: string; owner?: string }>;
  workflows?: Record<string, WorkflowSpec>;
}

/** The id that OpenFn makes of a name: `Fetch cases` → `fetch-cases`. It keeps ASCII letters only. */
export function slugOf(name: string): string {
  return name.replace(/\W/g, ' ').trim().replace(/\s+/g, '-').toLowerCase();
}
