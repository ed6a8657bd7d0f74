import { readFileSync } from 'node:fs';
import type { LogRecord } from '../src/record.ts';
import { Serdes } from '../src/serdes.ts';
import type { Windowed } from '../src/state-stores.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import type { Topology } from '../src/topology.ts';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { show } from './table-scenario.ts';
import { windowTopologies } from './window-topologies.ts';

/*
 * Topologies with windows that were run with Apache Kafka Streams 4.3.1 too (its TopologyTestDriver, caching
 * off). A recorded scenario has its inputs in lines that begin with `>`, then what Kafka Streams wrote, by
 * topic, and what its window or session store held in the end.
 */
const nullable = Serdes.nullable(Serdes.string());

export interface WindowScenario {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly answers: readonly string[];
}

export function readScenarios(file: string): WindowScenario[] {
  const text = readFileSync(new URL(`./recorded/${file}`, import.meta.url), 'utf8');
  return text
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const [name = '', ...lines] = part.trimEnd().split('\n');
      return {
        name,
        inputs: lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2)),
        answers: lines.filter((line) => !line.startsWith('> ')),
      };
    });
}

/** Runs a scenario and lists what was written and kept, as the recording does. */
export function runScenario({ name, inputs }: WindowScenario): string[] {
  const [kind = '', ...words] = name.replace(/^\d+: /, '').split(' ');
  const topology = windowTopologies[kind];
  if (topology === undefined) throw new Error(`There is no topology "${kind}".`);
  const builder = new StreamsBuilder();
  const topics = topology(builder, words);
  const built = builder.build();
  const driver = new TopologyTestDriver(built, { applicationId: 'app', initialWallClockTime: 0 });
  const lines = pipe(driver, inputs);
  for (const topic of topics) lines.push(...driver.records(topic).map(line));
  lines.push(...kept(driver, kindOf(built)));
  driver.close();
  return lines;
}

/** Pipes the inputs until one fails; the failure is a line of its own. */
function pipe(driver: TopologyTestDriver, inputs: readonly string[]): string[] {
  for (const input of inputs) {
    const [topic = '', key = '', value = '', timestamp = '', ...headers] = input.split(' ');
    const record = {
      timestamp: Number(timestamp),
      headers: headers.map((header) => {
        const [name = '', text = ''] = header.split('=');
        return { key: name, value: Buffer.from(text) };
      }),
    };
    try {
      const pipes = driver.createInputTopic(topic, nullable, nullable);
      pipes.pipeInput(key === '~' ? null : key, value === '~' ? null : value, record);
    } catch (error) {
      return String(error).includes('is full') ? ['error: b full'] : [String(error)];
    }
  }
  return [];
}

/** Suppress buffers stamp their changelogs with the wall clock, which no recording can hold. */
function line({ topic, key, value, timestamp, headers }: LogRecord): string {
  const time = topic.includes('b-store') ? '' : ` @${timestamp}`;
  const shown = headers.map((header) => ` ${header.key}=${show(header.value)}`).join('');
  return `${topic} ${show(key)} ${show(value)}${time}${shown}`;
}

function kindOf(topology: Topology): string | undefined {
  const stores = topology.plan('app').subtopologies.flatMap((part) => part.stores);
  return stores.find((store) => store.name === 's')?.builder.kind;
}

function kept(driver: TopologyTestDriver, kind: string | undefined): string[] {
  const entries = (): Iterable<[Windowed<string>, unknown]> => {
    if (kind === 'session') return driver.getSessionStore<string, unknown>('s').all();
    return kind === 'window' ? driver.getWindowStore<string, unknown>('s').all() : [];
  };
  const lines = Array.from(
    entries(),
    ([{ key, window }, value]) => `store ${key}[${window.start},${window.end}] ${value}`,
  );
  return lines.sort();
}
