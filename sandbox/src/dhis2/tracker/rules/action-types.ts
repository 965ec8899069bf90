/** The actions that a server performs; all others are for user interfaces (dhis2 LIVE 202). */
export const ON_SERVER: ReadonlySet<string> = new Set([
  'ASSIGN',
  'SHOWERROR',
  'SHOWWARNING',
  'ERRORONCOMPLETE',
  'WARNINGONCOMPLETE',
  'SETMANDATORYFIELD',
]);

/** Actions that make events, which the sandbox does not: the answers about events would be wrong. */
export const MAKES_EVENTS: ReadonlySet<string> = new Set(['SCHEDULEEVENT', 'CREATEEVENT']);

/** Actions that send messages. The sandbox sends none, and no answer about data shows it. */
export const SENDS_MESSAGES: ReadonlySet<string> = new Set(['SENDMESSAGE', 'SCHEDULEMESSAGE']);
