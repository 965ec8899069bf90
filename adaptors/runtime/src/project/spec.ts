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

export interface EdgeSpec {
  source_trigger?: string;
  source_job?: string;
  target_job?: string;
  condition_type?: string;
  condition_expression?: string;
  condition_label?: string;
  enabled?: boolean;
}

export interface WorkflowSpec {
  name?: string;
  jobs?: Record<string, JobSpec>;
  triggers?: Record<string, { type?: string; enabled?: boolean }>;
  edges?: Record<string, EdgeSpec>;
}

export interface ProjectSpec {
  name?: string;
  credentials?: Record<string, { name?: string; owner?: string }>;
  workflows?: Record<string, WorkflowSpec>;
}
