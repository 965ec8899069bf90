#!/usr/bin/env bash
# @openfn/project 0.20.2 identifies a job by the slug of its name. Two jobs with different keys, whose names
# differ only by a hyphen, become one: the text of the first one is lost without an error, and the edge
# between them leads from the remaining job to itself. Both names are valid on the platform.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @openfn/project@0.20.2 >/dev/null

cat >convert.mjs <<'JS'
import Project from '@openfn/project';

const project = await Project.from('project', `
name: weekly
workflows:
  weekly-counts:
    name: Weekly counts
    jobs:
      read: { name: Follow up, adaptor: '@openfn/language-common@3.3.4', body: 'fn(s => ({ ...s, read: 1 }))' }
      write: { name: Follow-up, adaptor: '@openfn/language-common@3.3.4', body: 'fn(s => ({ ...s, wrote: s.read }))' }
    triggers:
      cron: { type: cron, cron_expression: '0 1 * * *', enabled: true }
    edges:
      begin: { source_trigger: cron, target_job: read, condition_type: always, enabled: true }
      then: { source_job: read, target_job: write, condition_type: on_job_success, enabled: true }
`);
const [workflow] = Object.values(project.serialize('spec', { format: 'json' }).workflows);
for (const [key, job] of Object.entries(workflow.jobs)) console.log(`job ${key} (${job.name}): ${job.body}`);
for (const edge of Object.values(workflow.edges)) {
  console.log(`edge ${edge.source_trigger ?? edge.source_job} to ${edge.target_job}`);
}
JS

echo '@openfn/project 0.20.2, a project.yaml with the jobs "Follow up" and "Follow-up", read and written again:'
node convert.mjs | tee seen.txt
diff - seen.txt <<'SEEN'
job follow-up (Follow-up): fn(s => ({ ...s, wrote: s.read }))
edge follow-up to follow-up
edge cron to follow-up
SEEN
