import type { OperatorFamily } from '#shared/design/operators/operator-spec.ts';
import { operatorKinds, operatorRegistry } from '#shared/design/operators/registry.ts';
import type { PaletteItem } from '../store/palette-item.ts';
import { familyWords } from '../strings/kafka-words.ts';
import * as glyphs from '../ui/kafka-glyphs.tsx';
import { operatorGlyphs } from '../ui/operator-glyphs.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly Glyph: glyphs.Glyph;
  /** The hue of a topic's role. */
  readonly hue?: string;
  readonly item: PaletteItem;
}

export interface PaletteGroup {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

const shapes: PaletteGroup = {
  title: 'System',
  entries: [
    {
      id: 'topic-event',
      title: 'Topic',
      summary: 'A log of events that anybody may read.',
      Glyph: glyphs.TopicGlyph,
      hue: 'var(--event)',
      item: { add: 'topic', role: 'event' },
    },
    {
      id: 'topic-state',
      title: 'State topic',
      summary: 'Compacted: the latest value of each key.',
      Glyph: glyphs.CompactedTopicGlyph,
      hue: 'var(--state)',
      item: { add: 'topic', role: 'state' },
    },
    {
      id: 'topic-command',
      title: 'Command topic',
      summary: 'Asks one service to do something.',
      Glyph: glyphs.CommandGlyph,
      hue: 'var(--command)',
      item: { add: 'topic', role: 'command' },
    },
    {
      id: 'topic-dead-letter',
      title: 'Dead letter topic',
      summary: 'Records that could not be processed.',
      Glyph: glyphs.DeadLetterGlyph,
      hue: 'var(--dead-letter)',
      item: { add: 'topic', role: 'deadLetter' },
    },
    {
      id: 'service',
      title: 'Service',
      summary: 'One app that can be deployed, with operators inside.',
      Glyph: glyphs.ServiceGlyph,
      item: { add: 'service' },
    },
    {
      id: 'external',
      title: 'External system',
      summary: 'A database, an HTTP service or a person beyond Kafka.',
      Glyph: glyphs.ConnectorGlyph,
      hue: 'var(--external)',
      item: { add: 'external', kind: 'database' },
    },
    {
      id: 'note',
      title: 'Note',
      summary: 'Words on the drawing.',
      Glyph: glyphs.NoteGlyph,
      item: { add: 'note' },
    },
  ],
};

const families: readonly OperatorFamily[] = ['source', 'stateless', 'stateful', 'end', 'edge'];

export const paletteGroups: readonly PaletteGroup[] = [
  shapes,
  ...families.map((family) => ({
    title: familyWords[family],
    entries: operatorKinds
      .filter((kind) => operatorRegistry[kind].family === family)
      .map((kind) => ({
        id: kind,
        title: operatorRegistry[kind].title,
        summary: operatorRegistry[kind].summary,
        Glyph: operatorGlyphs[kind],
        item: { add: 'operator', kind } as const,
      })),
  })),
];
