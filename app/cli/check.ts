import type { Command } from 'commander';
import type { Diagnostic, Severity } from '#shared/checks/diagnostic.ts';
import type { Design } from '#shared/design/design.ts';
import { exitCodes } from '../run-program.ts';
import { UsageError } from '../usage-error.ts';
import { print, printJson } from './print.ts';
import { describeProblems, readDesignText } from './read-design-text.ts';
import { toTerminalText } from './terminal-text.ts';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('find what is wrong with a design; exit code 1 when there are errors or warnings')
    .argument('<DESIGN>', 'a *.millstream.json file')
    .option('--json', 'the findings as JSON')
    .action(async (file: string, flags: { json?: boolean }) => check(file, flags.json === true));
}

async function check(file: string, json: boolean): Promise<void> {
  const { parseDesign } = await import('#shared/design/parse-design.ts');
  const { checkDesign } = await import('#shared/checks/check-design.ts');
  const parsed = parseDesign(await readDesignText(file));
  if (!parsed.ok) {
    if (json) await printJson({ design: file, problems: parsed.error, findings: [] });
    throw new UsageError(describeProblems(file, parsed.error));
  }
  const findings = checkDesign(parsed.value);
  if (json) await printJson({ design: file, problems: [], findings });
  else await print(describeFindings(file, parsed.value, findings));
  process.exitCode = findings.some(({ severity }) => severity !== 'info')
    ? exitCodes.findings
    : exitCodes.fine;
}

function describeFindings(file: string, design: Design, findings: readonly Diagnostic[]): string {
  const parts = `${count(design.topics.length, 'topic')}, ${count(design.services.length, 'service')}`;
  if (findings.length === 0) return `${file}: nothing found (${parts}).\n`;
  const lines = findings.map(
    ({ severity, code, where, message }) =>
      `${severity.padEnd(7)}  ${code}  ${where.kind} ${toTerminalText(where.id)}: ${toTerminalText(message)}`,
  );
  const totals = (['error', 'warning', 'info'] satisfies Severity[])
    .map((severity) => [severity, findings.filter((one) => one.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => count(number, severity));
  return `${[...lines, `${file}: ${totals.join(', ')} (${parts}).`].join('\n')}\n`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
