import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Operation } from '#common/operations/operation.js';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';
import { PROJECT } from './workflow.js';

const ADAPTORS = { dhis2, godata };

/**
 * The operation of a job that the project ships, with the adaptors of the sources: to run it a
 * hundred times without the engine.
 *
 * @param job `tracked-entities-to-cases/map-cases`
 * @param operation name of the operation that the job calls
 * @param change changes the options of the job for a test
 */
export function shippedStep(
  adaptor: keyof typeof ADAPTORS,
  job: string,
  operation: string,
  change: (...args: unknown[]) => unknown[] = (...args) => args,
): Operation {
  const operations: Operation[] = [];
  const real = ADAPTORS[adaptor] as unknown as Record<string, (...args: unknown[]) => Operation>;
  const names = Object.keys(real).filter(name => /^[A-Za-z]\w*$/.test(name));
  const given = names.map(name =>
    name === operation
      ? (...args: unknown[]) => operations.push(real[name]!(...change(...args)))
      : real[name],
  );
  const source = readFileSync(path.join(PROJECT, 'jobs', `${job}.js`), 'utf8');
  new Function(...names, `'use strict';\n{${source.replaceAll(/^export /gm, '')}\n}`)(...given);
  if (operations.length !== 1) throw new Error(`${job} calls ${operation} not once.`);
  return operations[0]!;
}
