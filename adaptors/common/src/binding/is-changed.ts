/** Whether a hash is another one. One that is not known is not. */
export function isChanged(former: string | undefined, present: string | undefined): boolean {
  return former !== undefined && present !== undefined && former !== present;
}
