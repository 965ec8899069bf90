import { Refusal, sandboxRefusal } from '../../http/web-message.js';

/** The options of a metadata import. */
export interface MetadataImportOptions {
  importMode: 'COMMIT' | 'VALIDATE';
  importStrategy: 'CREATE_AND_UPDATE' | 'CREATE' | 'UPDATE';
  /** ALL: nothing is stored if one object has an error. */
  atomicMode: 'ALL' | 'NONE';
}

/** Parameters that the server uses and the sandbox does not support. */
const NOT_MODELLED = [
  'async',
  'identifier',
  'preheatMode',
  'mergeMode',
  'skipValidation',
  'userOverrideMode',
];

/**
 * Reads the parameters of `POST /api/metadata`. Unknown parameters are ignored, also `dryRun`
 * (dhis2 LIVE 239, recording 105).
 *
 * @throws Refusal 400 for an invalid value
 */
export function readImportOptions(params: Record<string, string[]>): MetadataImportOptions {
  const unknown = NOT_MODELLED.find(name => name in params);
  if (unknown !== undefined)
    throw sandboxRefusal(400, `the parameter "${unknown}" of a metadata import`);
  const oneOf = <V extends string>(name: string, values: readonly V[]): V => {
    const text = params[name]?.[0];
    if (text === undefined) return values[0]!;
    const value = values.find(one => one === text);
    if (value !== undefined) return value;
    if (name === 'importStrategy' && text === 'DELETE') {
      throw sandboxRefusal(400, 'a metadata import that deletes');
    }
    const message = `Value '${text}' is not valid for parameter ${name}. Valid values are: [${values.join(', ')}]`;
    throw new Refusal(400, { message });
  };
  return {
    importMode: oneOf('importMode', ['COMMIT', 'VALIDATE']),
    importStrategy: oneOf('importStrategy', ['CREATE_AND_UPDATE', 'CREATE', 'UPDATE']),
    atomicMode: oneOf('atomicMode', ['ALL', 'NONE']),
  };
}
