// The floor of every conversion: reads JSON, parses it and writes it again.
import { readFileSync, writeFileSync } from 'node:fs';

const [input, output] = process.argv.slice(2);
if (input) writeFileSync(output, JSON.stringify(JSON.parse(readFileSync(input, 'utf8'))));
