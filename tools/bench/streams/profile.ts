import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Measurement } from '../bench.ts';

/** What V8's profiler writes; only what is read here. Times in microseconds. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 12;

/** Has Node write a CPU profile of a program into a folder when it ends. */
export function profileArguments(folder: string): string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

/** Where the time of the profiled program went, by source file: the share of its busy time. */
export async function readProfile(folder: string, label: string): Promise<Measurement[]> {
  const [file] = await readdir(folder);
  if (file === undefined) throw new Error(`No CPU profile was written into ${folder}.`);
  const profile: CpuProfile = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
  const shares = selfShares(profile);
  return shares.slice(0, SHOWN).map(([place, share]) => ({
    name: `${label}: ${place}`,
    value: `${(share * 100).toFixed(1).padStart(5)} %`,
  }));
}

/** Shares of busy time by place, largest first; idle time is left out. */
export function selfShares(profile: CpuProfile): [place: string, share: number][] {
  const placeOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, toPlace(callFrame)]));
  const times = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    const place = placeOf.get(id) ?? '(unknown)';
    const time = profile.timeDeltas[index] ?? 0;
    if (place === '(idle)') continue;
    busy += time;
    times.set(place, (times.get(place) ?? 0) + time);
  }
  return [...times]
    .map(([place, time]): [string, number] => [place, time / busy])
    .sort(([, left], [, right]) => right - left);
}

function toPlace({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string {
  if (url === '') return functionName === '' ? '(native)' : functionName;
  if (url.startsWith('node:')) return 'Node.js';
  if (url.startsWith('wasm:')) return '(WebAssembly)';
  const inPackage = url.lastIndexOf('/node_modules/');
  if (inPackage >= 0) return url.slice(inPackage + '/node_modules/'.length).split('/')[0] ?? url;
  const inLibrary = url.indexOf('/streams/');
  return inLibrary < 0 ? path.basename(url) : url.slice(inLibrary + 1);
}
