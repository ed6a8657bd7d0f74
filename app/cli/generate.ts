import path from 'node:path';
import { type Command, Option } from 'commander';
import { type OutputTarget, outputTargets, type WrittenFile } from '#shared/contract/output.ts';
import { exitCodes } from '../run-program.ts';
import { print } from './print.ts';
import { readDesignText } from './read-design-text.ts';
import { toTerminalText } from './terminal-text.ts';

interface GenerateFlags {
  readonly target: OutputTarget;
  readonly out: string;
  readonly dryRun?: boolean;
}

export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description('write a project that runs the design; files edited by hand are kept')
    .argument('<DESIGN>', 'a *.millstream.json file')
    .addOption(new Option('--target <target>', 'what to write').choices(outputTargets).makeOptionMandatory())
    .requiredOption('--out <folder>', 'where to write it')
    .option('--dry-run', 'only say what would be written; exit code 1 when something would change')
    .action(generate);
}

async function generate(file: string, flags: GenerateFlags): Promise<void> {
  const { createOutputHandlers } = await import('#main/handlers/output.ts');
  const dryRun = flags.dryRun === true;
  const { folder, files } = await createOutputHandlers().generate(
    { text: await readDesignText(file), target: flags.target, folder: path.resolve(flags.out), dryRun },
    new AbortController().signal,
  );
  await print(describeFiles(folder, files, dryRun));
  const differs = files.some(({ status }) => status !== 'unchanged');
  process.exitCode = dryRun && differs ? exitCodes.findings : exitCodes.fine;
}

const order = ['created', 'updated', 'removed', 'kept', 'orphaned', 'unchanged'] as const;

function describeFiles(folder: string, files: readonly WrittenFile[], dryRun: boolean): string {
  const changed = files.filter(({ status }) => status !== 'unchanged');
  const lines = changed.map(
    ({ status, path: name }) => `${status.padEnd(9)} ${toTerminalText(name)}${hint(status)}`,
  );
  const totals = order
    .map((status) => [files.filter((one) => one.status === status).length, status] as const)
    .filter(([number]) => number > 0)
    .map(([number, status]) => `${number} ${status}`);
  const what = dryRun ? 'would be written' : 'written';
  return `${[...lines, `${folder}: ${totals.join(', ') || 'nothing'} (${what}).`].join('\n')}\n`;
}

function hint(status: WrittenFile['status']): string {
  if (status === 'kept') return '  (edited by hand; the new text is beside it as .new)';
  return status === 'orphaned' ? '  (no longer part of the design, but edited by hand)' : '';
}
