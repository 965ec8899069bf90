// How dependencies go into the few files of a program that starts quickly.
import path from 'node:path';

/** Lets CommonJS dependencies work inside an ES module. */
export const banner = {
  js: [
    "import { createRequire as createRequireOfModule } from 'node:module';",
    'const require = createRequireOfModule(import.meta.url);',
    'const __dirname = import.meta.dirname;',
  ].join('\n'),
};

/**
 * Imports only what is used of packages whose modules do nothing but declare, although they do not
 * say so: the engine needs two functions of its logger, which otherwise brings its prompts along.
 * @type {import('esbuild').Plugin}
 */
export const withoutSideEffects = {
  name: 'without-side-effects',
  setup({ onResolve, resolve }) {
    const filter = /^(@openfn\/(logger|project)|human-id|ohm-js)$/;
    onResolve({ filter }, async ({ path: name, pluginData, ...from }) => {
      if (pluginData === filter) return undefined;
      return { ...(await resolve(name, { ...from, pluginData: filter })), sideEffects: false };
    });
  },
};

/** Packages of which one function is called, if at all, and that are loaded then: the engine's logger can ask. */
const RARE = { '@inquirer/confirm': 'default', glob: 'glob' };

/** @type {import('esbuild').Plugin} */
export const loadLate = {
  name: 'load-late',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(RARE).join('|')})$`);
    onResolve({ filter }, ({ path: name, kind, resolveDir }) =>
      kind === 'import-statement'
        ? { path: name, namespace: 'late', pluginData: resolveDir }
        : undefined,
    );
    onLoad({ filter, namespace: 'late' }, ({ path: name, pluginData: resolveDir }) => {
      const load = `async (...args) => (await import('${name}')).${RARE[name]}(...args)`;
      const contents = `const late = ${load};\nexport { late as ${RARE[name]} };`;
      return { contents, resolveDir };
    });
  },
};

/**
 * Leaves out what language-common cannot reach of undici; its cookies alone make Node load a second
 * undici, its own.
 * @type {import('esbuild').Plugin}
 */
export const httpOnly = {
  name: 'http-only',
  setup({ onResolve, onLoad }) {
    const filter = /^\.\/lib\/web\/(cookies|eventsource|websocket)(\/|$)/;
    onResolve({ filter }, ({ path: name, importer }) =>
      importer.endsWith(path.join('undici', 'index.js'))
        ? { path: name, namespace: 'none' }
        : undefined,
    );
    onLoad({ filter, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * The engine copies each state by a function that first searches it for circles. JSON.stringify
 * fails where there is one, and the search can wait until then.
 * @type {import('esbuild').Plugin}
 */
export const copyWithoutSearch = {
  name: 'copy-without-search',
  setup({ onResolve, onLoad }) {
    const filter = /^fast-safe-stringify$/;
    onResolve({ filter }, ({ path: name, namespace, resolveDir }) =>
      namespace === 'file' ? { path: name, namespace: 'quick', pluginData: resolveDir } : undefined,
    );
    onLoad({ filter, namespace: 'quick' }, ({ path: name, pluginData: resolveDir }) => ({
      contents: `import stringify from '${name}';
        export default (value, ...rest) => {
          try {
            return JSON.stringify(value, ...rest.slice(0, 2));
          } catch {
            return stringify(value, ...rest);
          }
        };`,
      resolveDir,
    }));
  },
};
