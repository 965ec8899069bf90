import vm from 'node:vm';
import { compileOperations } from '../../compile/compile-operations.js';
import { type Adaptor, loadAdaptor } from '../../project/resolve-adaptor.js';

/** A job may compute its mapping, but not for long. */
const MAX_LOADING_MS = 2000;

const silent = new Proxy({}, { get: () => () => {} });

/** What a job can use of its host while it is loaded: the context of OpenFn's engine, without output. */
function createContext(adaptor: Record<string, unknown>, more: object): vm.Context {
  const timers = { clearInterval, clearTimeout, setInterval, setTimeout };
  const globals = { ...timers, console: silent, Buffer, state: {}, adaptor, ...more };
  return vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } });
}

/**
 * Loads a job as a run does, and runs none of its operations: they are functions that wait for a
 * state. Nothing can reach a server then.
 *
 * @param more globals that the job can use beside those of a run
 * @returns its operations
 * @throws whatever the job throws while it is loaded, such as the refusal of an option
 */
export async function loadOperations(
  source: string,
  file: string,
  adaptor: Adaptor,
  more: object = {},
): Promise<unknown[]> {
  const code = compileOperations({ source, file, name: 'job', adaptors: [adaptor] });
  const context = createContext(await loadAdaptor(adaptor.running.entry), more);
  const operations = await new vm.Script(code).runInContext(context, { timeout: MAX_LOADING_MS });
  return Array.isArray(operations) ? operations : [];
}
