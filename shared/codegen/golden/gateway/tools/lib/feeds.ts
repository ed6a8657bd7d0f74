import type { Visitor } from '@gateway/events';

/** A record for a topic, in bytes, or a request to a service. */
export type FeedRecord =
  | { readonly topic: string; readonly key: Buffer | null; readonly value: Buffer }
  | {
      readonly service: string;
      readonly method: 'POST' | 'PUT';
      readonly path: string;
      readonly body: unknown;
    };

/** Records made for a first run, in place of the world outside; the same each time. */
export interface Feed {
  readonly name: string;
  /** The topic that is filled; null for requests to a service. */
  readonly topic: string | null;
  /** How many there are; null: no end. */
  readonly count: number | null;
  /** Records a second; 0: all at once. */
  readonly rate: number;
  /** The record of a number, from 0. */
  readonly record: (n: number) => FeedRecord;
}

export const feeds: readonly Feed[] = [
  {
    name: 'arrivals',
    topic: null,
    count: 2,
    rate: 1,
    record: (n) => ({
      service: 'door',
      method: 'PUT',
      path: `/visitors/${encodeURIComponent(`v${n}`)}`,
      body: { name: `V${n}` } satisfies Visitor,
    }),
  },
];
