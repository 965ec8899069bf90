/** `0.0123` → `0.01 s`, `75.2` → `75 s`. */
export function formatSeconds(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(seconds < 0.1 ? 2 : 1) : Math.round(seconds)} s`;
}

/** One argument of a command line, quoted for a shell. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** A command line that can be pasted into a shell. */
export function formatCommand(argv: string[]): string {
  return argv.map(quote).join(' ');
}
