import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import { findPackageRoot } from '../files/package-root.js';
import { findBuilt } from './built-adaptor.js';
import { scopeOf } from './scope.js';

/** An adaptor that is installed or built here. */
export interface Adaptor {
  /** `@openfn/language-godata` */
  name: string;
  /** Folder with its package.json. */
  folder: string;
  /** Its module, as the platform loads it. */
  entry: string;
  /** What runs here: the same, or the same built for a quick start. */
  running: { folder: string; entry: string };
  version: string;
  /** Whether loading its module may do more than declare what it exports. */
  hasSideEffects: boolean;
  /** Whether it is one of adaptors/packages, which the platform does not have. */
  isLocal: boolean;
  /** Names that it exports. */
  exports: string[];
  /** Its configuration-schema.json (draft-07); undefined when it has none. */
  schema: Record<string, unknown> | undefined;
  /** A job that logs in and reads next to nothing, to try a credential. */
  login?: string;
  /** Its exports that may write. Absent: any may, or two runs would disturb each other anyway. */
  writes?: string[];
  /**
   * Kinds of records whose changes it can take back: the operation that makes the changes, and the
   * one that takes them back.
   */
  undoes?: Record<string, { writes: string; undoes: string }>;
  /** Whether only one run at a time can use an account of its system. */
  oneRun?: boolean;
}

/** The name of a package; it is part of a path, and must not lead out of its folder. */
const PACKAGE = /^(@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*$/i;

interface Package {
  name: string;
  version?: string;
  main?: string;
  sideEffects?: boolean | string[];
  exports?: string | Record<string, unknown>;
  'godata-dhis2'?: Pick<Adaptor, 'login' | 'undoes' | 'writes' | 'oneRun'>;
}

function readPackage(folder: string): Package | undefined {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Package) : undefined;
}

/** Adaptors in adaptors/packages/* of a folder, OpenFn's layout of a local repository. */
function findLocal(parent: string, name: string): string | undefined {
  const root = path.join(parent, 'adaptors', 'packages');
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map(entry => path.join(root, entry))
    .find(folder => readPackage(folder)?.name === name);
}

function findInstalled(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The module that the engine will load, by the same rule as in @openfn/runtime. */
function readEntry(folder: string, { exports, main }: Package): string {
  const dot = typeof exports === 'object' ? exports['.'] : exports;
  const esm = typeof dot === 'object' && dot !== null ? (dot as { import?: unknown }).import : dot;
  return path.resolve(folder, typeof esm === 'string' ? esm : (main ?? 'index.js'));
}

function notBuilt(name: string, entry: string): IntegrationError {
  const message = `The adaptor ${name} is not built: there is no ${entry}.`;
  return configurationError('ADAPTOR_NOT_BUILT', message, { fix: 'Run: npm run build' });
}

/**
 * What an adaptor exports, by name.
 *
 * @param entry the module that the engine loads
 */
export async function loadAdaptor(entry: string): Promise<Record<string, unknown>> {
  const module = (await import(pathToFileURL(entry).href)) as Record<string, unknown>;
  const { default: inner } = module;
  // A CommonJS adaptor appears as one default export.
  const target =
    Object.keys(module).length === 1 && typeof inner === 'object' && inner !== null
      ? inner
      : module;
  return Object.fromEntries(Object.entries(target).filter(([key]) => key !== 'default'));
}

/**
 * Finds the adaptor of a job: in the project's adaptors/packages, else in those beside this runtime
 * (so that another project needs no copy), else in node_modules.
 *
 * @param specifier as in project.yaml: `@openfn/language-godata@1.0.0`; the platform uses the
 * version, here the one adaptor that is present is used
 * @throws IntegrationError `ADAPTOR_NOT_FOUND`, `ADAPTOR_NOT_BUILT`, kind `configuration`
 */
export async function resolveAdaptor(project: string, specifier: string): Promise<Adaptor> {
  const name = specifier.replace(/(?<=.)@[^@/]*$/, '');
  if (!PACKAGE.test(name)) {
    throw configurationError('ADAPTOR_NOT_FOUND', `${specifier} is not the name of an adaptor.`, {
      fix: `Write it in project.yaml as ${scopeOf(project)}/language-godata@4.0.0.`,
    });
  }
  const local = findLocal(project, name) ?? findLocal(findPackageRoot(), name);
  const folder = local ?? findInstalled(project, name) ?? findInstalled(import.meta.dirname, name);
  const manifest = folder && readPackage(folder);
  if (!folder || !manifest) {
    throw configurationError(
      'ADAPTOR_NOT_FOUND',
      `The adaptor ${name} is neither in ${path.join(project, 'adaptors/packages')} nor in node_modules.`,
      {
        fix: `Check its name in project.yaml, or install it: npm install ${name}. The adaptors here are ${scopeOf(project)}/language-...`,
      },
    );
  }
  const schemaFile = path.join(folder, 'configuration-schema.json');
  const entry = readEntry(folder, manifest);
  if (!existsSync(entry)) throw notBuilt(name, entry);
  const built = findBuilt(name, folder, readPackage);
  const running = built
    ? { folder: built, entry: readEntry(built, readPackage(built)!) }
    : { folder, entry };
  return {
    name,
    folder,
    entry,
    running,
    version: manifest.version ?? '',
    hasSideEffects: manifest.sideEffects !== false,
    isLocal: local !== undefined,
    exports: Object.keys(await loadAdaptor(running.entry)),
    ...manifest['godata-dhis2'],
    schema: existsSync(schemaFile) ? JSON.parse(readFileSync(schemaFile, 'utf8')) : undefined,
  };
}
