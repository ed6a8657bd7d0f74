import type { ProcessorContext } from '../processor.ts';
import type { RecordMetadata, StreamRecord } from '../record.ts';

/** What the library's own processors may do besides. */
export interface EngineContext extends ProcessorContext {
  /** Wall-clock ms between two looks for windows that have closed; 0 looks at every record. */
  readonly emitIntervalMs: number;
  /** A number a processor kept with the committed offsets; null before the first. */
  processorMetadata(key: string): number | null;
  setProcessorMetadata(key: string, value: number): void;
  /** Forwards a record that was kept back as if it were being read now, from where it came. */
  forwardAs(record: StreamRecord<unknown, unknown>, source: RecordMetadata | null): void;
}

export function engineContext(context: ProcessorContext): EngineContext {
  if (isEngineContext(context)) return context;
  throw new TypeError('This processor runs only inside a task.');
}

function isEngineContext(context: ProcessorContext): context is EngineContext {
  return 'forwardAs' in context && 'processorMetadata' in context;
}
