/*
 * language-common has this entry, but declares types of the other one only. The two do not share
 * their connections: a test that puts `enableMockClient` of this entry in place of a server, as
 * those of OpenFn's adaptors do, reaches only requests that are sent through it.
 */
declare module '@openfn/language-common/util' {
  import type { util } from '@openfn/language-common';

  export const enableMockClient: typeof util.enableMockClient;
  export const request: typeof util.request;
}
