import { type Serde, Serdes } from '@millstream/streams';
import type { Design, Topic } from '#shared/design/design.ts';
import { formatOfType, keyFormatOf, type SerdeFormat } from '#shared/design/queries/serde-format.ts';
import type { TypeRef } from '#shared/design/types.ts';

export interface DesignSerdes {
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
}

/** How the records of a topic are read and written. */
export function topicSerdes(design: Design, topic: Topic): DesignSerdes {
  return { key: serdeOf(keyFormatOf(design, topic)), value: typeSerde(design, topic.value.type) };
}

/** How a key or a value of a type is written where no topic says otherwise. */
export function typeSerde(design: Design, type: TypeRef | null): Serde<unknown> {
  return serdeOf(type === null ? 'json' : formatOfType(design, type));
}

function serdeOf(format: SerdeFormat): Serde<unknown> {
  switch (format) {
    case 'string':
      return Serdes.string() as Serde<unknown>;
    case 'long':
      return Serdes.long() as Serde<unknown>;
    case 'json':
      return Serdes.json<unknown>();
  }
}
