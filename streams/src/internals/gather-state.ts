import type { Serde } from '../serdes.ts';

/** What a gather keeps per key. */
export interface GatherState {
  /** Null until the start record came. */
  readonly start: { readonly value: unknown; readonly timestamp: number } | null;
  readonly items: readonly unknown[];
  readonly ids: readonly string[];
  /** Highest timestamp seen for the key, ms. */
  readonly updated: number;
  readonly done: boolean;
}

type Field = { readonly json: unknown } | { readonly base64: string };

/** JSON, so that the changelog can be read; what is not JSON itself is kept as base64. */
export function gatherStateSerde(start: Serde<unknown>, item: Serde<unknown>): Serde<GatherState> {
  return {
    serialize(state) {
      const { ids, updated, done } = state;
      const head =
        state.start === null
          ? null
          : { timestamp: state.start.timestamp, value: toField(start.serialize(state.start.value)) };
      const items = state.items.map((each) => toField(item.serialize(each)));
      return Buffer.from(JSON.stringify({ start: head, items, ids, updated, done }));
    },
    deserialize(bytes) {
      const raw: {
        start: { timestamp: number; value: Field } | null;
        items: Field[];
        ids: string[];
        updated: number;
        done: boolean;
      } = JSON.parse(Buffer.from(bytes).toString('utf8'));
      const head =
        raw.start === null
          ? null
          : { timestamp: raw.start.timestamp, value: start.deserialize(fromField(raw.start.value)) };
      return { ...raw, start: head, items: raw.items.map((each) => item.deserialize(fromField(each))) };
    },
  };
}

function toField(bytes: Uint8Array): Field {
  const buffer = Buffer.from(bytes);
  try {
    const json: unknown = JSON.parse(buffer.toString('utf8'));
    if (Buffer.from(JSON.stringify(json)).equals(buffer)) return { json };
  } catch {
    // Not JSON: kept as base64 below.
  }
  return { base64: buffer.toString('base64') };
}

function fromField(field: Field): Uint8Array {
  return 'json' in field ? Buffer.from(JSON.stringify(field.json)) : Buffer.from(field.base64, 'base64');
}
