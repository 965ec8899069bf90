import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** All files of a folder, by their paths in it. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

const isSame = (one: string, other: string) =>
  existsSync(other) && readFileSync(one).equals(readFileSync(other));

/**
 * The project to show. The sandbox has data for the jobs as they are shipped. If somebody has
 * edited them for servers of their own, the demonstration takes its own copy of them.
 *
 * @param root folder of this package; the copy is its `sandbox/demo`
 * @param state folder of all demonstrations, in which the copy runs
 * @returns undefined if the package has the jobs as they are shipped, else the folder of the copy
 */
export function chooseProject(root: string, state: string): string | undefined {
  const shipped = path.join(root, 'sandbox', 'demo');
  if (filesOf(shipped).every(file => isSame(path.join(shipped, file), path.join(root, file))))
    return undefined;
  const folder = path.join(state, 'project');
  for (const name of ['project.yaml', 'jobs'])
    rmSync(path.join(folder, name), { recursive: true, force: true });
  cpSync(shipped, folder, { recursive: true });
  return folder;
}
