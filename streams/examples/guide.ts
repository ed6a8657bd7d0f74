import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
const guidePath = path.resolve(folder, '../docs/guide.md');

/** Not in memory: it needs a cluster and runs until it is told to stop. */
const NEEDS_KAFKA = 'run-on-kafka';

/** `<!-- example: name -->`, the program, and what it prints. */
const block = /<!-- example: ([\w-]+) -->\n+```ts\n[\s\S]*?```\n(?:\nprints\n\n```text\n[\s\S]*?```\n)?/g;

/** The guide as it is on disk. */
export function readGuide(): string {
  return readFileSync(guidePath, 'utf8');
}

/** Names of the example programs. */
export function exampleNames(): string[] {
  return readdirSync(folder)
    .filter((file) => /^(?!guide)[\w-]+(?<!\.test)\.ts$/.test(file))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** Puts every example's source and its real output where the guide names it. */
export function renewGuide(guide: string): string {
  return guide.replace(block, (_all, name: string) => {
    const source = readFileSync(path.join(folder, `${name}.ts`), 'utf8');
    const printed = name === NEEDS_KAFKA ? '' : `\nprints\n\n\`\`\`text\n${runExample(name)}\`\`\`\n`;
    return `<!-- example: ${name} -->\n\n\`\`\`ts\n${source}\`\`\`\n${printed}`;
  });
}

/** Runs an example in a process of its own and answers what it printed. */
export function runExample(name: string): string {
  const program = path.join(folder, `${name}.ts`);
  return execFileSync(process.execPath, ['--conditions=millstream-source', program], { encoding: 'utf8' });
}

if (import.meta.main) writeFileSync(guidePath, renewGuide(readGuide()));
