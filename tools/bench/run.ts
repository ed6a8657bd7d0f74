import path from 'node:path';
import type { Bench } from './bench.ts';
import { measureBundle } from './bundle.ts';
import { measureStart } from './start.ts';
import { measureStreams } from './streams/measure-streams.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  bundle: measureBundle,
  start: measureStart,
  streams: measureStreams,
};

const root = path.resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('-'));
const names = firstOption < 0 ? words : words.slice(0, firstOption);
const options = words.slice(names.length);
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));

if (names.length === 0 || unknown !== undefined) {
  const problem = unknown === undefined ? 'Say what to measure' : `There is no bench "${unknown}"`;
  console.error(`${problem}: npm run bench -- ${Object.keys(BENCHES).join('|')}.`);
  process.exitCode = 2;
} else {
  for (const name of names) await runBench(name);
}

async function runBench(name: string): Promise<void> {
  try {
    const measurements = (await BENCHES[name]?.(root, options)) ?? [];
    const width = Math.max(...measurements.map((measurement) => measurement.name.length));
    for (const { name: label, value } of measurements) console.log(`${label.padEnd(width)}  ${value}`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
