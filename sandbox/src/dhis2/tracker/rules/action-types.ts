/** The actions that a server performs; all others are for user interfaces (dhis2 LIVE 202). */
export const ON_SERVER: ReadonlySet<string> = new Set([
  'ASSIGN',
  'SHOWERROR',
  'SHOWWARNING',
  'ERRORONCOMPLETE',
  'WARNINGONCOMPLETE',
  'SETMANDATORYFIELD',
]);

/** Actions that servers perform and the sandbox does not. */
export const NOT_SERVED: ReadonlySet<string> = new Set([
  'SCHEDULEEVENT',
  'CREATEEVENT',
  'SENDMESSAGE',
  'SCHEDULEMESSAGE',
]);
