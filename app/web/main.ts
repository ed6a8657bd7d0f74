import { createProgram, runProgram } from '../run-program.ts';
import { runWebProgram } from './run-web-program.ts';
import { addWebOptions, resolveWebOptions, type WebFlags } from './web-options.ts';

const program = addWebOptions(createProgram('millstream-web'))
  .description('Millstream in your browser, served on this machine only')
  .action(async (design: string | undefined, flags: WebFlags) => {
    await runWebProgram(await resolveWebOptions(design, flags));
  });
process.exitCode = (await runProgram(program, process.argv.slice(2))) ?? process.exitCode ?? 0;
