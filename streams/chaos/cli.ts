import { runChaos } from './chaos-run.ts';
import { type ChaosOptions, parseOptions, USAGE, UsageError } from './options.ts';

const INTERRUPTED = 130;

process.exit(await main());

async function main(): Promise<number> {
  let options: ChaosOptions | null;
  try {
    options = parseOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (options === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  return run(options);
}

async function run(options: ChaosOptions): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`${options.faults} faults, seed ${options.seed}, ${options.guarantee}`);
  try {
    const { faults, lost, doubled, problems } = await runChaos(options, stop.signal, say);
    for (const problem of problems) say(problem);
    say(`faults ${faults}, lost ${lost}, doubled ${doubled}`);
    return lost > 0 || doubled > 0 || problems.length > 0 ? 1 : 0;
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write('Interrupted; everything that was started has been ended.\n');
      return INTERRUPTED;
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
