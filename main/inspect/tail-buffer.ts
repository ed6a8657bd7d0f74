import type { RecordView } from '#shared/contract/cluster-types.ts';

export interface TailLimits {
  /** The most records, and about the most bytes of text, of one event; twice as much may wait for the next. */
  readonly records: number;
  readonly bytes: number;
}

/** What waits to be shown. Bounded by count and by bytes, whatever the records are. */
export interface TailBuffer {
  add(record: RecordView): void;
  /** Is there enough for the next event? A tail of history reads no further then. */
  isFull(): boolean;
  /** Gives up the oldest, down to one event's worth. A live tail does so rather than fall behind. */
  trim(): void;
  /** Counts records that were never added. */
  drop(count: number): void;
  /** The next event's records, oldest first, and how many were dropped since the last. */
  take(): { readonly records: RecordView[]; readonly dropped: number };
}

const RECORD_OVERHEAD = 100;

export function createTailBuffer(limits: TailLimits): TailBuffer {
  const waiting: { readonly record: RecordView; readonly bytes: number }[] = [];
  let bytes = 0;
  let dropped = 0;
  const isOver = (factor: number) =>
    waiting.length > limits.records * factor || bytes > limits.bytes * factor;
  return {
    add(record) {
      const size = sizeOf(record);
      waiting.push({ record, bytes: size });
      bytes += size;
    },
    isFull: () => waiting.length >= limits.records || bytes >= limits.bytes,
    trim() {
      if (!isOver(2)) return;
      let gone = 0;
      while (gone < waiting.length - 1 && (waiting.length - gone > limits.records || bytes > limits.bytes)) {
        bytes -= waiting[gone]?.bytes ?? 0;
        gone += 1;
      }
      waiting.splice(0, gone);
      dropped += gone;
    },
    drop(count) {
      dropped += count;
    },
    take() {
      let count = 0;
      let taken = 0;
      while (count < waiting.length && count < limits.records && (count === 0 || taken < limits.bytes)) {
        taken += waiting[count]?.bytes ?? 0;
        count += 1;
      }
      bytes -= taken;
      const records = waiting.splice(0, count).map(({ record }) => record);
      const result = { records, dropped };
      dropped = 0;
      return result;
    },
  };
}

function sizeOf({ key, value, headers }: RecordView): number {
  const ofHeaders = headers.reduce((sum, header) => sum + header.key.length + header.value.text.length, 0);
  return RECORD_OVERHEAD + key.text.length + value.text.length + ofHeaders;
}
