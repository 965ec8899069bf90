/*
 * The parts of project.yaml that the runtime reads. The format is OpenFn's portability spec v1,
 * which `openfn deploy` and GitHub Sync use (openfn FACTS §2).
 */

/** A job's body: its text, or the path of its text. */
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
  /** Key of the job whose last state is the first state of a cron run. */
  cron_cursor_job?: string | null;
  /** When a webhook is answered. */
  webhook_reply?: string | null;
  webhook_response_config?: unknown;
}

export interface EdgeSpec {
  source_trigger?: string | null;
  source_job?: string | null;
  target_job?: string;
  condition_type?: string;
  /** YAML reads `true` and `1` as a boolean and a number; both are expressions as well. */
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

/** The id that OpenFn builds from a name: `Fetch cases` → `fetch-cases`. It keeps only ASCII letters. */
export function slugOf(name: string): string {
  return name.replace(/\W/g, ' ').trim().replace(/\s+/g, '-').toLowerCase();
}
