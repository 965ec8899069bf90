/*
 * The program behind `godata-dhis2`; bin/godata-dhis2.js starts it with the flag that the engine needs.
 */
import { runProgram } from './cli/run-program.js';

/**
 * Watches for output that cannot be written. A reader that stops reading (`| head`) must not end a
 * run in the middle. Any other error on stdout, such as a full disk, loses results: then the
 * command fails after the run.
 */
function watchOutput() {
  let isLost = false;
  const note = (error?: NodeJS.ErrnoException | null) => {
    if (!error || error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
    if (!isLost) process.stderr.write(`Error: the output could not be written: ${error.message}\n`);
    isLost = true;
  };
  process.stdout.on('error', note);
  process.stderr.on('error', () => {});
  return { note, toStatus: (status: number) => (isLost && status !== 2 ? 1 : status) };
}

/**
 * The program that started this one holds a channel to it: when that is gone, however it ended, this
 * one ends as on SIGTERM. It would otherwise go on writing with nobody to stop it.
 */
function endWithStarter(): void {
  if (!process.send) return;
  const stop = () => process.kill(process.pid, 'SIGTERM');
  if (process.connected) process.once('disconnect', stop);
  else stop();
}

endWithStarter();
const output = watchOutput();
const status = await runProgram();
// Sockets that adaptors keep open must not delay the end of the command; but first all output must
// be written.
process.stdout.write('', error => {
  output.note(error);
  process.stderr.write('', () => process.exit(output.toStatus(status)));
});
