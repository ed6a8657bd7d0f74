import { assertNever } from '../../base/assert-never.ts';
import type { Pattern, PatternNode } from './pattern.ts';

type Instruction =
  | { readonly kind: 'character'; readonly test: (character: string) => boolean }
  | { readonly kind: 'place'; readonly node: 'start' | 'end' | 'boundary' | 'notBoundary' }
  | { readonly kind: 'fork'; readonly first: number; readonly second: number }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'match' };

/**
 * Compiles a pattern to a machine that reads the text once, whatever the pattern: time grows with the text's
 * length times the pattern's, never faster. `true` when the pattern occurs anywhere in the text.
 */
export function compilePattern(pattern: Pattern): (text: string) => boolean {
  const program: Instruction[] = [];
  emit(pattern.root, program);
  program.push({ kind: 'match' });
  return (text) => run(program, [...text]);
}

function emit(node: PatternNode, program: Instruction[]): void {
  switch (node.kind) {
    case 'class':
      program.push({ kind: 'character', test: characterTest(node.source) });
      return;
    case 'start':
    case 'end':
    case 'boundary':
    case 'notBoundary':
      program.push({ kind: 'place', node: node.kind });
      return;
    case 'sequence':
      for (const part of node.parts) emit(part, program);
      return;
    case 'choice':
      emitChoice(node.options, program);
      return;
    case 'repeat':
      emitRepeat(node.of, node.min, node.max, program);
      return;
    default:
      assertNever(node, 'pattern node');
  }
}

function emitChoice(options: readonly PatternNode[], program: Instruction[]): void {
  const jumps: number[] = [];
  options.forEach((option, index) => {
    const isLast = index === options.length - 1;
    const fork = program.length;
    if (!isLast) program.push({ kind: 'jump', to: 0 });
    emit(option, program);
    if (isLast) return;
    jumps.push(program.length);
    program.push({ kind: 'jump', to: 0 });
    program[fork] = { kind: 'fork', first: fork + 1, second: program.length };
  });
  for (const jump of jumps) program[jump] = { kind: 'jump', to: program.length };
}

function emitRepeat(of: PatternNode, min: number, max: number | null, program: Instruction[]): void {
  for (let time = 0; time < min; time += 1) emit(of, program);
  if (max === null) {
    const fork = program.length;
    program.push({ kind: 'jump', to: 0 });
    emit(of, program);
    program.push({ kind: 'jump', to: fork });
    program[fork] = { kind: 'fork', first: fork + 1, second: program.length };
    return;
  }
  const forks: number[] = [];
  for (let time = min; time < max; time += 1) {
    forks.push(program.length);
    program.push({ kind: 'jump', to: 0 });
    emit(of, program);
  }
  for (const fork of forks) program[fork] = { kind: 'fork', first: fork + 1, second: program.length };
}

function characterTest(source: string): (character: string) => boolean {
  if (source.length === 1 && source !== '.') return (character) => character === source;
  const expression = new RegExp(`^${source}$`, 'u');
  return (character) => expression.test(character);
}

function run(program: readonly Instruction[], text: readonly string[]): boolean {
  let current: number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    const seen = new Uint8Array(program.length);
    const ready: number[] = [];
    let matched = false;
    for (const start of [...current, 0]) {
      matched = follow(program, start, text, at, seen, ready) || matched;
    }
    if (matched) return true;
    const character = text[at];
    if (character === undefined) return false;
    current = [];
    for (const index of ready) {
      const instruction = program[index];
      if (instruction?.kind === 'character' && instruction.test(character)) current.push(index + 1);
    }
  }
  return false;
}

/** Collects the character tests reachable from `start` without reading; true when the end is. */
function follow(
  program: readonly Instruction[],
  start: number,
  text: readonly string[],
  at: number,
  seen: Uint8Array,
  ready: number[],
): boolean {
  const pending = [start];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (seen[index] === 1) continue;
    seen[index] = 1;
    const instruction = program[index];
    if (!instruction) continue;
    switch (instruction.kind) {
      case 'match':
        return true;
      case 'character':
        ready.push(index);
        break;
      case 'jump':
        pending.push(instruction.to);
        break;
      case 'fork':
        pending.push(instruction.second, instruction.first);
        break;
      case 'place':
        if (isAt(instruction.node, text, at)) pending.push(index + 1);
        break;
      default:
        assertNever(instruction, 'instruction');
    }
  }
  return false;
}

function isAt(
  place: 'start' | 'end' | 'boundary' | 'notBoundary',
  text: readonly string[],
  at: number,
): boolean {
  if (place === 'start') return at === 0;
  if (place === 'end') return at === text.length;
  const isBoundary = isWord(text[at - 1]) !== isWord(text[at]);
  return place === 'boundary' ? isBoundary : !isBoundary;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}
