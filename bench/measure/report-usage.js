// Loaded before a program (NODE_OPTIONS=--import): at the end of each process it writes the
// resources that the process used.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 };
  writeFileSync(path.join(process.env.USAGE_FOLDER, `${process.pid}.json`), JSON.stringify(usage));
});
