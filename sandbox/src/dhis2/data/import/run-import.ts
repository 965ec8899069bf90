import type { SeedUser } from '../../accounts/types.js';
import { Refusal } from '../../http/web-message.js';
import type { ServerContext } from '../../server-context.js';
import { parseCsvPayload } from './csv-payload.js';
import { importGroup } from './group/import-group.js';
import { createImportRun } from './import-run.js';
import type { ImportOptions } from './options.js';
import {
  MalformedPayload,
  PAYLOAD_RULES,
  type Payload,
  parsePayload,
  UntypedPayload,
} from './payload.js';
import { importValues } from './per-value/import-values.js';
import { ImportSummary } from './summary.js';

/** A body as it was sent. */
export interface ImportBody {
  text: string;
  format: 'json' | 'csv';
}

/**
 * Runs an aggregate import in the dialect of the server's version.
 *
 * @param body of `POST /api/dataValueSets`
 * @throws Refusal on a request that the server, or the sandbox, refuses
 */
export function runImport(
  context: ServerContext,
  user: SeedUser,
  body: ImportBody,
  options: ImportOptions,
): ImportSummary {
  return context.dialect.importer === 'group'
    ? runGroupImport(context, user, body, options)
    : runValueImport(context, user, body, options);
}

function readPayload(
  { dialect }: ServerContext,
  body: ImportBody,
  options: ImportOptions,
): Payload {
  return body.format === 'json'
    ? parsePayload(body.text, PAYLOAD_RULES[dialect.importer])
    : parseCsvPayload(body.text, options.dataSet, options.firstRowIsHeader);
}

/**
 * Since 2.43 a malformed payload is refused, and a value of the wrong type causes a server error
 * (dhis2 FACTS §0, LIVE 176).
 */
function runGroupImport(
  context: ServerContext,
  user: SeedUser,
  body: ImportBody,
  options: ImportOptions,
): ImportSummary {
  if (!options.firstRowIsHeader && body.format === 'csv') {
    throw new Refusal(500, { message: 'CSV without header row is no longer supported.' });
  }
  try {
    const run = createImportRun(context, user, readPayload(context, body, options), options);
    importGroup(run);
    return run.summary;
  } catch (error) {
    if (error instanceof MalformedPayload) throw new Refusal(400, { message: error.message });
    if (error instanceof UntypedPayload) throw new Refusal(500, { message: error.message });
    throw error;
  }
}

/** Up to 2.42 every failure becomes a summary (dhis2 FACTS §0). */
function runValueImport(
  context: ServerContext,
  user: SeedUser,
  body: ImportBody,
  options: ImportOptions,
): ImportSummary {
  try {
    const run = createImportRun(context, user, readPayload(context, body, options), options);
    importValues(run);
    return run.summary;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const summary = new ImportSummary(context.dialect, options);
    summary.status = 'ERROR';
    summary.isAborted = true;
    // The server does not say why it cannot parse a payload (recording 395).
    const reason =
      error instanceof MalformedPayload ? 'Post-condition was null' : (error as Error).message;
    summary.description = `The import process failed: ${reason}`;
    return summary;
  }
}
