import * as library from '../src/index.ts';
import type { ResolvedOf } from './workbench.ts';

interface Buffer {
  withMaxRecords(records: number): Buffer;
  withMaxBytes(bytes: number): Buffer;
  emitEarlyWhenFull(): Buffer;
  shutDownWhenFull(): Buffer;
}

interface SuppressLibrary {
  readonly Suppressed: {
    untilWindowCloses(buffer: Buffer): unknown;
    untilTimeLimit(ms: number, buffer: Buffer): unknown;
  };
  readonly BufferConfig: { unbounded(): Buffer };
}

/** Kafka Streams calls the store of a named suppress step so. */
export function suppressName(name: string): string {
  return `${name}-store`;
}

export function createSuppressed(step: ResolvedOf<'suppress'>): unknown {
  const { Suppressed, BufferConfig } = library as unknown as SuppressLibrary;
  let buffer = BufferConfig.unbounded();
  if (step.maxRecords !== undefined) buffer = buffer.withMaxRecords(step.maxRecords);
  if (step.maxBytes !== undefined) buffer = buffer.withMaxBytes(step.maxBytes);
  if (step.whenFull === 'shut-down') buffer = buffer.shutDownWhenFull();
  if (step.whenFull === 'emit') buffer = buffer.emitEarlyWhenFull();
  return step.until === 'window-closes'
    ? Suppressed.untilWindowCloses(buffer)
    : Suppressed.untilTimeLimit(step.until, buffer);
}
