/** The actions that a server carries out; all others are for screens (dhis2 LIVE 202). */
export const ON_SERVER: ReadonlySet<string> = new Set([
  'ASSIGN',
  'SHOWERROR',
  'SHOWWARNING',
  'ERRORONCOMPLETE',
  'WARNINGONCOMPLETE',
  'SETMANDATORYFIELD',
]);

/** Actions of servers that the sandbox does not carry out. */
export const NOT_SERVED: ReadonlySet<string> = new Set([
  'SCHEDULEEVENT',
  'CREATEEVENT',
  'SENDMESSAGE',
  'SCHEDULEMESSAGE',
]);
