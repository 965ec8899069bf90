import type { ServerContext } from '../server-context.js';
import type { SeedUser } from '../types.js';
import { Refusal } from '../web-message.js';
import { importGroup } from './group/import-group.js';
import { createImportRun } from './import-run.js';
import type { ImportOptions } from './options.js';
import { MalformedPayload, parsePayload } from './payload.js';
import { importValues } from './per-value/import-values.js';
import { ImportSummary } from './summary.js';

/**
 * Runs an aggregate import in the dialect of the server's version.
 *
 * @param text the body of `POST /api/dataValueSets`
 * @throws Refusal 400 on what the server, or the sandbox, does not take at all
 */
export function runImport(
  context: ServerContext,
  user: SeedUser,
  text: string,
  options: ImportOptions,
): ImportSummary {
  return context.dialect.importer === 'group'
    ? runGroupImport(context, user, text, options)
    : runValueImport(context, user, text, options);
}

/** Since 2.43 a malformed payload ends the request (dhis2 FACTS §0). */
function runGroupImport(
  context: ServerContext,
  user: SeedUser,
  text: string,
  options: ImportOptions,
): ImportSummary {
  try {
    const run = createImportRun(context, user, parsePayload(text, 'followUp'), options);
    importGroup(run);
    return run.summary;
  } catch (error) {
    if (error instanceof MalformedPayload) throw new Refusal(400, { message: error.message });
    throw error;
  }
}

/** Up to 2.42 whatever goes wrong becomes a summary (dhis2 FACTS §0). */
function runValueImport(
  context: ServerContext,
  user: SeedUser,
  text: string,
  options: ImportOptions,
): ImportSummary {
  try {
    const run = createImportRun(context, user, parsePayload(text, 'followup'), options);
    importValues(run);
    return run.summary;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const summary = new ImportSummary(context.dialect, options);
    summary.status = 'ERROR';
    summary.description = `The import process failed: ${(error as Error).message}`;
    return summary;
  }
}
