/** The fields of a WebMessage that vary. */
export interface WebMessageFields {
  message?: string;
  errorCode?: string;
  devMessage?: string;
  response?: unknown;
  /** @default OK below 400, else ERROR */
  status?: 'OK' | 'WARNING' | 'ERROR';
}
