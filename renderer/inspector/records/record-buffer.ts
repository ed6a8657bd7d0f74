import type { RecordView } from '#shared/contract/cluster-types.ts';

export interface KeptRecord {
  /** Counts up in the order of arrival. */
  readonly id: number;
  readonly record: RecordView;
  readonly size: number;
}

export interface RecordLimits {
  readonly records: number;
  /** Of the text that is kept, in characters. */
  readonly size: number;
}

export const recordLimits: RecordLimits = { records: 5_000, size: 16_000_000 };

/** The latest records within the limits, oldest first. */
export interface RecordBuffer {
  readonly kept: readonly KeptRecord[];
  readonly size: number;
  /** How many arrived in all. */
  readonly arrived: number;
}

export const emptyBuffer: RecordBuffer = { kept: [], size: 0, arrived: 0 };

/** The buffer with more records at its end; the oldest go when there are too many or they hold too much text. */
export function withRecords(
  { kept, size, arrived }: RecordBuffer,
  records: readonly RecordView[],
  limits: RecordLimits = recordLimits,
): RecordBuffer {
  const more = records.map((record, index) => ({ id: arrived + index, record, size: sizeOf(record) }));
  const all = [...kept, ...more];
  let held = size + more.reduce((sum, each) => sum + each.size, 0);
  let gone = 0;
  while (gone < all.length - 1 && (all.length - gone > limits.records || held > limits.size)) {
    held -= all[gone]?.size ?? 0;
    gone += 1;
  }
  return { kept: gone === 0 ? all : all.slice(gone), size: held, arrived: arrived + records.length };
}

/** Characters of a record that are kept, and something for the record itself. */
function sizeOf({ key, value, headers }: RecordView): number {
  const ofHeaders = headers.reduce((sum, header) => sum + header.key.length + header.value.text.length, 0);
  return 100 + key.text.length + value.text.length + ofHeaders;
}
