#!/usr/bin/env bash
# @openfn/project 0.20.2 renames the jobs of a project.yaml (their keys become slugs of their names) and the
# edges with them, but not `cron_cursor_job`. In what it writes, the cron trigger names a job that does not
# exist. The job whose final state a scheduled run starts from is lost, and with it the cursor: the next run
# reads everything again. Keys that already are slugs of the names are not affected.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @openfn/project@0.20.2 >/dev/null

cat >convert.mjs <<'JS'
import Project from '@openfn/project';

const specOf = (key) => `
name: weekly
workflows:
  weekly-counts:
    name: Weekly counts
    jobs:
      ${key}: { name: Load cases, adaptor: '@openfn/language-common@3.3.4', body: 'fn(state => state)' }
    triggers:
      cron: { type: cron, cron_expression: '0 1 * * *', cron_cursor_job: ${key}, enabled: true }
    edges:
      begin: { source_trigger: cron, target_job: ${key}, condition_type: always, enabled: true }
`;

for (const key of ['load-cases', 'load']) {
  const project = await Project.from('project', specOf(key));
  const spec = project.serialize('spec', { format: 'json' });
  const [workflow] = Object.values(spec.workflows);
  const [edge] = Object.values(workflow.edges);
  console.log(
    `key ${key}: jobs ${Object.keys(workflow.jobs)}, edge to ${edge.target_job},`,
    `cron_cursor_job ${workflow.triggers.cron.cron_cursor_job}`,
  );
}
JS

echo '@openfn/project 0.20.2, project.yaml read and written again:'
node convert.mjs | tee seen.txt
diff - seen.txt <<'SEEN'
key load-cases: jobs load-cases, edge to load-cases, cron_cursor_job load-cases
key load: jobs load-cases, edge to load-cases, cron_cursor_job load
SEEN
