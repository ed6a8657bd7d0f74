/** A record as an answer tells it: bytes as text where they are printable, as 0x… otherwise. */
export interface RecordRow {
  readonly key: string | null;
  readonly value: string | null;
  /** Null: left to the producer, which takes the time of sending. */
  readonly at: number | null;
  readonly headers?: readonly (readonly [string, string | null])[];
}

/** A row of a store: `start` and `end` of windows, `asOf` of versions. */
export interface StoreRow {
  readonly key: string | number;
  readonly value: string | number | null;
  readonly at?: number;
  readonly start?: number;
  readonly end?: number;
  readonly asOf?: number;
}

/** What came of a case. */
export interface Answer {
  /** The step of the input that failed, or `build`; topics hold what was written before it. */
  readonly failure?: { readonly at: string; readonly message: string };
  /** Every record written, by topic: outputs, changelogs and repartition topics. */
  readonly topics?: Readonly<Record<string, readonly RecordRow[]>>;
  /** The rows of every store that holds plain keys and values, in its own order; empty ones left out. */
  readonly stores?: Readonly<Record<string, readonly StoreRow[]>>;
}

export function bytesText(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('latin1');
  const printable = /^[ -~]*$/.test(text) && !text.startsWith('0x');
  return printable ? text : `0x${buffer.toString('hex')}`;
}
