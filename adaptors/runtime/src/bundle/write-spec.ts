import { Document, isMap, isScalar, parseDocument, stringify, visit } from 'yaml';
import type { LoadedProject } from '../project/read-project.js';

/** Where a job's text is in the written project, and the adaptor that runs it. */
export interface JobPlace {
  workflow: string;
  job: string;
  adaptor: string;
  /** Path from the project's folder. */
  path: string;
}

function hasAliases(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function workflowsOf(document: Document): string[] {
  const workflows = document.get('workflows');
  return isMap(workflows)
    ? workflows.items.map(({ key }) => String(isScalar(key) ? key.value : key))
    : [];
}

/** project.yaml as text of spec version 1. */
export function toVersion1({ version, text, spec }: LoadedProject): string {
  return version === 1 ? text : stringify(spec, { lineWidth: 0 });
}

/**
 * project.yaml with other adaptors and bodies for its jobs, without the workflows that have no such
 * job. Comments and order stay. If the file uses aliases, behind which one job cannot be changed alone, they are written out.
 *
 * @param text of a project.yaml that was read
 */
export function writeSpec(text: string, places: JobPlace[]): string {
  const read = parseDocument(text) as unknown as Document;
  const document = hasAliases(read)
    ? new Document(read.toJS(), { aliasDuplicateObjects: false })
    : read;
  for (const { workflow, job, adaptor, path } of places) {
    const at = ['workflows', workflow, 'jobs', job];
    document.setIn([...at, 'adaptor'], adaptor);
    document.setIn([...at, 'body'], document.createNode({ path }));
  }
  const kept = new Set(places.map(({ workflow }) => workflow));
  for (const workflow of workflowsOf(document)) {
    if (!kept.has(workflow)) document.deleteIn(['workflows', workflow]);
  }
  return document.toString({ lineWidth: 0 });
}
