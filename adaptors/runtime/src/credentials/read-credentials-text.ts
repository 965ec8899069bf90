import { readFileSync } from 'node:fs';
import { configurationError } from '#common/reporting/errors.js';

/** `--credentials env` */
export const ENVIRONMENT = 'env';
const DESCRIPTOR = /^fd:(\d+)$/;
const PREFIX = 'GODATA_DHIS2__';

/** A pipe can be read once only, and a command may read its credentials several times. */
const texts = new Map<number, string>();

/**
 * The text behind `fd:3`: what a parent process has put into a descriptor, so that it is neither in
 * a file nor in the environment.
 *
 * @returns undefined if the word is the path of a file
 * @throws IntegrationError `CREDENTIALS_UNREADABLE` (configuration)
 */
export function readDescriptor(word: string): string | undefined {
  const [, digits] = DESCRIPTOR.exec(word) ?? [];
  if (digits === undefined) return undefined;
  const descriptor = Number(digits);
  try {
    const text = texts.get(descriptor) ?? readFileSync(descriptor, 'utf8');
    texts.set(descriptor, text);
    return text;
  } catch (error) {
    throw configurationError(
      'CREDENTIALS_UNREADABLE',
      `The file descriptor ${digits} cannot be read: ${(error as NodeJS.ErrnoException).code}.`,
      { fix: 'Open it in the shell: godata-dhis2 run ... --credentials fd:3 3< <(command).' },
    );
  }
}

/**
 * The credentials in the environment: `GODATA_DHIS2__DHIS2__HOST_URL` is `hostUrl` of `dhis2`.
 *
 * @returns undefined if the word is another one than `env`
 * @throws IntegrationError `CREDENTIALS_NOT_FOUND` (configuration) if there is none
 */
export function readEnvironment(
  word: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, Record<string, string>> | undefined {
  if (word !== ENVIRONMENT) return undefined;
  const credentials: Record<string, Record<string, string>> = {};
  for (const [variable, value] of Object.entries(environment)) {
    const [name, field, ...rest] = variable.startsWith(PREFIX)
      ? variable.slice(PREFIX.length).split('__')
      : [];
    if (!name || !field || rest.length > 0 || !value) continue;
    const key = name.toLowerCase();
    credentials[key] = { ...credentials[key], [toCamelCase(field)]: value };
  }
  if (Object.keys(credentials).length > 0) return credentials;
  throw configurationError(
    'CREDENTIALS_NOT_FOUND',
    `There is no environment variable that begins with ${PREFIX}.`,
    { fix: `For example ${PREFIX}DHIS2__HOST_URL: the credential, and its field in capitals.` },
  );
}

function toCamelCase(field: string): string {
  return field.toLowerCase().replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The environment variable of a field of a credential.
 *
 * @example
 * toVariable('dhis2', 'hostUrl'); // 'GODATA_DHIS2__DHIS2__HOST_URL'
 */
export function toVariable(credential: string, field: string): string {
  const words = field.replace(/[A-Z]/g, letter => `_${letter}`);
  return `${PREFIX}${credential}__${words}`.toUpperCase();
}
