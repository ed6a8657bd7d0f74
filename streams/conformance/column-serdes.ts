import { type Serde, Serdes } from '../src/serdes.ts';
import * as windowed from '../src/windowed-serdes.ts';
import type { Column } from './column-types.ts';
import { longSerde } from './exact-long.ts';

/** The serde of a column, with its type taken away. */
export function serdeOf(column: Column): Serde<unknown> {
  if (column === 'string') return Serdes.string() as Serde<unknown>;
  if (column === 'long') return longSerde as Serde<unknown>;
  const inner = serdeOf(column.windowed);
  return (
    column.kind === 'time'
      ? windowed.timeWindowedSerde(inner, column.size)
      : windowed.sessionWindowedSerde(inner)
  ) as Serde<unknown>;
}
