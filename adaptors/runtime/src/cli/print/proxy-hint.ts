/** The errors with which a network ends that lets only its proxy out. */
const UNREACHED = ['UNKNOWN_HOST', 'CONNECTION_REFUSED', 'TIMEOUT'];
const VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];

/**
 * A word on proxies, for an error that their users meet: other programs use these variables, but
 * language-common, through which adaptors reach the network, does not.
 *
 * @param code of the error
 * @param env the environment of the process
 * @returns lines to print
 * @example
 * toProxyHint('TIMEOUT', { HTTPS_PROXY: 'http://10.0.0.1:3128' }); // ['  HTTPS_PROXY is set, but…']
 */
export function toProxyHint(
  code: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string[] {
  const name = VARIABLES.find(variable => env[variable]);
  if (name === undefined || !UNREACHED.includes(code)) return [];
  return [
    `  ${name} is set, but runs connect without a proxy: use a machine that reaches both servers directly.`,
  ];
}
