import { createProgram, runProgram } from '../run-program.ts';
import { version } from '../version.ts';
import { addAbsent } from './absent.ts';
import { addCheck } from './check.ts';
import { addGenerate } from './generate.ts';
import { addInspect } from './inspect.ts';
import { endWithReader } from './print.ts';
import { addServe } from './serve.ts';

endWithReader();
const program = createProgram('millstream')
  .description('Draw an event-driven system on Apache Kafka, run the drawing, and watch the real thing')
  .version(version);
addCheck(program);
addGenerate(program);
addAbsent(program, 'plan', 'compare a design with a cluster, and apply the difference');
addAbsent(program, 'import', 'make a design from a cluster, a description or AsyncAPI');
addAbsent(program, 'simulate', 'run a scenario in the sandbox');
addInspect(program);
addServe(program);
process.exitCode = (await runProgram(program, process.argv.slice(2))) ?? process.exitCode ?? 0;
