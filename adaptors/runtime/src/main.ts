/*
 * The program behind `godata-dhis2`; bin/godata-dhis2.js starts it with the flag that the engine needs.
 */
import { runProgram } from './cli/run-program.js';

/**
 * Watches for what cannot be printed. A reader that has gone (`| head`) must not end a run in the
 * middle. Any other mistake on stdout, a full disk for one, loses results: the command fails then, when
 * the run is over.
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

const output = watchOutput();
const status = await runProgram();
// Sockets that adaptors keep open must not keep the command waiting; what is printed must get out first.
process.stdout.write('', error => {
  output.note(error);
  process.stderr.write('', () => process.exit(output.toStatus(status)));
});
