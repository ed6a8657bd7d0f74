import type { Command } from 'commander';
import { addWebOptions, resolveWebOptions, type WebFlags } from '../web/web-options.ts';

export function addServe(program: Command): void {
  addWebOptions(
    program.command('serve').description('open Millstream in the browser, on this machine only'),
  ).action(async (design: string | undefined, flags: WebFlags) => {
    const options = await resolveWebOptions(design, flags);
    const { runWebProgram } = await import('../web/run-web-program.ts');
    await runWebProgram(options);
  });
}
