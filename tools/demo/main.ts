import path from 'node:path';
import { Option } from 'commander';
import { createProgram, runProgram } from '#app/run-program.ts';
import { UsageError } from '#app/usage-error.ts';
import { runWebProgram } from '#app/web/run-web-program.ts';
import type { WebProgramOptions } from '#app/web/web-options.ts';
import { copyExample } from './copy-example.ts';
import { ensurePage } from './ensure-page.ts';
import { type OrdersOnKafkaOptions, startOrdersOnKafka } from './orders-on-kafka.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface DemoFlags {
  readonly open: boolean;
  readonly kafka?: boolean;
  readonly port?: string;
}

const program = createProgram('npm run demo --')
  .description('The Orders design, running: in the sandbox, or with --kafka on a real broker')
  .option('--no-open', 'do not open a browser, only print the address')
  .option('--port <number>', 'the port on 127.0.0.1 (any free one)')
  .addOption(
    new Option('--kafka', 'start Apache Kafka and the generated services, and open the same window on them'),
  )
  .action(async (flags: DemoFlags) => {
    const port = parsePort(flags.port);
    const say = (line: string): void => {
      process.stderr.write(`${line}\n`);
    };
    const ending = whenEnded();
    await ensurePage(root, say, ending);
    const example = await copyExample(root, say);
    const window = { folder: example.folder, openAtStart: example.file, port, openBrowser: flags.open };
    if (!flags.kafka) return runWebProgram({ ...window, runAtStart: 'sandbox' });
    await runOnKafka({ root, design: path.join(example.folder, example.file), say, signal: ending }, window);
  });
process.exitCode = (await runProgram(program, process.argv.slice(2))) ?? process.exitCode ?? 0;

function parsePort(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--port takes a whole number from 0 to 65535, not "${text}".`);
}

/** Aborted when the user ends the demo, at whatever moment. */
function whenEnded(): AbortSignal {
  const ending = new AbortController();
  const end = (): void => ending.abort(new UsageError('The demo was ended before it had started.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  return ending.signal;
}

/** The services and the broker live as long as the window's host does, and end with it. */
async function runOnKafka(
  options: OrdersOnKafkaOptions,
  window: Omit<WebProgramOptions, 'runAtStart'>,
): Promise<void> {
  const orders = await startOrdersOnKafka(options);
  try {
    await runWebProgram({ ...window, runAtStart: { bootstrap: orders.bootstrap } });
  } finally {
    await orders.stop();
  }
}
