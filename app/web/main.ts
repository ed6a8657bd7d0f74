import { createProgram, runProgram } from '../run-program.ts';
import { addWebOptions, resolveWebOptions, type WebFlags } from './web-options.ts';

const program = addWebOptions(createProgram('millstream-web'))
  .description('Millstream in your browser, served on this machine only')
  .action(async (design: string | undefined, flags: WebFlags) => {
    const options = await resolveWebOptions(design, flags);
    const { runWebProgram } = await import('./run-web-program.ts');
    await runWebProgram(options);
  });
process.exitCode = (await runProgram(program, process.argv.slice(2))) ?? process.exitCode ?? 0;
