import { CaseError } from './case-error.ts';
import type { ConformanceCase, Input, Step } from './case-format.ts';
import type { ResolvedCase } from './case-scope.ts';
import { namesOf } from './check-case.ts';
import { resolveCase } from './resolve-case.ts';

const MOST_TRIES = 600;

/** Makes a case smaller for as long as it stays different: fewer inputs, fewer steps, plainer values. */
export async function shrinkCase(
  found: ConformanceCase,
  isDifferent: (candidate: ResolvedCase) => Promise<boolean>,
): Promise<ConformanceCase> {
  let smallest = found;
  let tries = 0;
  for (let progress = true; progress && tries < MOST_TRIES; ) {
    progress = false;
    for (const candidate of candidates(smallest)) {
      const resolved = resolveOrNull(candidate);
      if (resolved === null) continue;
      tries += 1;
      if (tries > MOST_TRIES) break;
      if (!(await isDifferent(resolved))) continue;
      smallest = candidate;
      progress = true;
      break;
    }
  }
  return smallest;
}

function resolveOrNull(candidate: ConformanceCase): ResolvedCase | null {
  try {
    return resolveCase(candidate);
  } catch (error) {
    if (error instanceof CaseError) return null;
    throw error;
  }
}

/** Smaller cases, those that take away most first. */
function* candidates(found: ConformanceCase): Generator<ConformanceCase> {
  const { topology, input, emitInterval, ...rest } = found;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = input.length - size; at >= 0; at -= size)
      yield { ...found, input: input.toSpliced(at, size) };
  }
  for (let at = topology.length - 1; at >= 0; at -= 1) {
    const without = withoutDependents(topology, at);
    if (without.length > 0) yield { ...found, topology: without };
    const bypassed = bypass(topology, at);
    if (bypassed !== null) yield { ...found, topology: bypassed };
  }
  if (emitInterval !== undefined) yield { ...rest, topology, input };
  for (const [at, each] of input.entries()) {
    for (const plainer of plainerInputs(each)) yield { ...found, input: input.with(at, plainer) };
  }
}

function usesAny(step: Step, names: ReadonlySet<string>): boolean {
  const used = [
    'from' in step ? step.from : '',
    'with' in step && typeof step.with === 'string' ? step.with : '',
  ];
  return used.some((name) => names.has(name));
}

/** Without a step and all that follows from it. */
function withoutDependents(topology: readonly Step[], at: number): Step[] {
  const gone = new Set<string>();
  return topology.filter((step, index) => {
    if (index !== at && !usesAny(step, gone)) return true;
    for (const name of namesOf(step)) gone.add(name);
    return false;
  });
}

/** Without a step; those that followed it follow the one before. */
function bypass(topology: readonly Step[], at: number): Step[] | null {
  const removed = topology[at];
  if (removed === undefined || !('from' in removed)) return null;
  const names = new Set(namesOf(removed));
  const renamed = (name: string): string => (names.has(name) ? removed.from : name);
  return topology.toSpliced(at, 1).map((step): Step => {
    const moved = 'from' in step ? { ...step, from: renamed(step.from) } : step;
    if (!('with' in moved) || typeof moved.with !== 'string') return moved;
    return { ...moved, with: renamed(moved.with) } as Step;
  });
}

function* plainerInputs(input: Input): Generator<Input> {
  if ('advance' in input) return;
  if (input.headers !== undefined) {
    const { headers: _headers, ...rest } = input;
    yield rest;
  }
  if (input.at > 0) {
    yield { ...input, at: 0 };
    yield { ...input, at: Math.floor(input.at / 2) };
    yield { ...input, at: input.at - 1 };
  }
  if (typeof input.value === 'string' && input.value.length > 1)
    yield { ...input, value: input.value.slice(0, 1) };
  if (typeof input.key === 'string' && input.key !== 'a') yield { ...input, key: 'a' };
}
