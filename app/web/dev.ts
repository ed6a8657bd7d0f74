import path from 'node:path';
import { createProgram, runProgram } from '../run-program.ts';
import { startDevServer } from './dev-server.ts';
import { addWebOptions, resolveWebOptions, type WebFlags } from './web-options.ts';

const root = path.resolve(import.meta.dirname, '../..');

const program = addWebOptions(createProgram('millstream-dev'))
  .description('The web host over the sources of the user interface, which it reloads as they change')
  .action(async (design: string | undefined, flags: WebFlags) => {
    const options = await resolveWebOptions(design, flags);
    const { runWebProgram } = await import('./run-web-program.ts');
    await runWebProgram(options, (server) => startDevServer(server, root));
  });
process.exitCode = (await runProgram(program, process.argv.slice(2))) ?? process.exitCode ?? 0;
