// Prints the survivors of Stryker's report by file, and the score: node stryker-report.mjs PROJECT mutation-report.json
import { readFileSync } from 'node:fs';

const [project, path] = process.argv.slice(2);
const counts = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
for (const [file, { source, mutants }] of Object.entries(JSON.parse(readFileSync(path)).files)) {
  const lines = source.split('\n');
  for (const { status, location, mutatorName, replacement } of mutants) {
    if (status in counts) counts[status]++;
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    const line = location.start.line;
    const name = file.slice(file.indexOf(`LutDla.${project}`) + `LutDla.${project}/`.length);
    console.log(`${status} ${name}:${line}: ${mutatorName}: ${lines[line - 1].trim()} -> ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`);
  }
}
const found = counts.Killed + counts.Timeout;
const all = found + counts.Survived + counts.NoCoverage;
console.log(`${project}: ${found} of ${all} mutants found, ${(100 * found / all).toFixed(1)} %`);
