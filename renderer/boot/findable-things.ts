import type { Design } from '#shared/design/design.ts';
import { operatorRegistry } from '#shared/design/operators/registry.ts';
import { externalWords, roleWords } from '../strings/kafka-words.ts';
import { ConnectorGlyph, type Glyph, ServiceGlyph, TableGlyph, TopicGlyph } from '../ui/kafka-glyphs.tsx';
import { operatorGlyphs } from '../ui/operator-glyphs.ts';

/** Something that can be found by its name. */
export interface FoundThing {
  readonly id: string;
  readonly name: string;
  /** What it is and where, in a few words. */
  readonly kind: string;
  readonly Glyph: Glyph;
}

export function findableThings(design: Design): readonly FoundThing[] {
  return [
    ...design.topics.map(({ id, name, role }) => ({
      id,
      name,
      kind: `${roleWords[role]} topic`,
      Glyph: TopicGlyph,
    })),
    ...design.services.map(({ id, name }) => ({ id, name, kind: 'Service', Glyph: ServiceGlyph })),
    ...design.services.flatMap((service) =>
      service.operators.map(({ id, name, kind }) => ({
        id,
        name,
        kind: `${operatorRegistry[kind].title} in ${service.name}`,
        Glyph: operatorGlyphs[kind],
      })),
    ),
    ...design.externals.map(({ id, name, kind }) => ({
      id,
      name,
      kind: externalWords[kind],
      Glyph: ConnectorGlyph,
    })),
    ...design.schemas.map(({ id, name, kind }) => ({
      id,
      name,
      kind: kind === 'record' ? 'Record schema' : 'Enum schema',
      Glyph: TableGlyph,
    })),
  ];
}
