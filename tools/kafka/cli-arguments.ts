import { parseArgs } from 'node:util';

export type KafkaCommand =
  | { readonly name: 'up'; readonly brokers: number; readonly port: number }
  | { readonly name: 'status' }
  | { readonly name: 'down' }
  | { readonly name: 'help' };

/** Input that the command line cannot act on; the message is one sentence for a person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run kafka -- up [--brokers N] [--port P]   start Kafka on 127.0.0.1 (1 broker, port 9092)
npm run kafka -- status                        say what runs; exit code 1 when nothing does
npm run kafka -- down                          end it and remove its data`;

const DEFAULT_PORT = 9092;
const MOST_BROKERS = 5;
const HIGHEST_PORT = 65_535;

export function parseKafkaCommand(argv: readonly string[]): KafkaCommand {
  const { values, positionals } = parseStrictly(argv);
  const [name, ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (name === undefined) throw new UsageError('Say what to do: up, status or down.');
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one word too many after "${name}".`);
  if (name === 'up') return parseUp(values);
  if (name !== 'status' && name !== 'down') {
    throw new UsageError(`There is no command "${name}": say up, status or down.`);
  }
  const option =
    values.brokers !== undefined ? '--brokers' : values.port !== undefined ? '--port' : undefined;
  if (option) throw new UsageError(`${option} goes with "up", not with "${name}".`);
  return { name };
}

function parseUp(values: { brokers?: string | undefined; port?: string | undefined }): KafkaCommand {
  const brokers = parseWhole('--brokers', values.brokers ?? '1', 1, MOST_BROKERS);
  const port = parseWhole('--port', values.port ?? String(DEFAULT_PORT), 1024, HIGHEST_PORT - brokers + 1);
  return { name: 'up', brokers, port };
}

function parseStrictly(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        brokers: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(`${sentence?.replace(/\.$/, '')}.`);
  }
}

function parseWhole(option: string, text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
  throw new UsageError(`${option} takes a whole number from ${lowest} to ${highest}, not "${text}".`);
}
