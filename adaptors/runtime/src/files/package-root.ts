import { existsSync } from 'node:fs';
import path from 'node:path';

/** Folder of this package, whether it runs from source or from dist. */
export function findPackageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'adaptors', 'runtime')) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  return folder;
}
