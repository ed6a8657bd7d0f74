import { readFileSync, writeFileSync } from 'node:fs';
import { designProblemText } from '#shared/design/parse/design-problem.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { writeDesign } from '#shared/design/write-design.ts';

/** Writes design files as the program itself would save them: `node tools/design/format-design.ts FILE …`. */
for (const path of process.argv.slice(2)) {
  const parsed = parseDesign(readFileSync(path, 'utf8'));
  if (parsed.ok) {
    writeFileSync(path, writeDesign(parsed.value));
    continue;
  }
  for (const problem of parsed.error) process.stderr.write(`${path}: ${designProblemText(problem)}\n`);
  process.exitCode = 2;
}
