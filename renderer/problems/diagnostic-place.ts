import type { Diagnostic } from '#shared/checks/diagnostic.ts';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';

/** What to select and show for a finding; null when it is about the design as a whole. */
export function canvasPlace(design: Design, { where }: Diagnostic): string | null {
  const index = indexDesign(design);
  const wire = index.wires.get(where.id)?.wire;
  if (wire !== undefined) {
    return wire.to.operator;
  }
  const feed = index.feeds.get(where.id);
  if (feed !== undefined) {
    return 'topic' in feed.into ? feed.into.topic : feed.into.gateway;
  }
  const known =
    index.topics.has(where.id) ||
    index.services.has(where.id) ||
    index.operators.has(where.id) ||
    index.externals.has(where.id) ||
    index.schemas.has(where.id);
  return known ? where.id : null;
}

/** Where a finding is, by the names a person gave. */
export function placeWords(design: Design, { where }: Diagnostic): string {
  const index = indexDesign(design);
  const placed = index.operators.get(where.id);
  if (placed !== undefined) {
    return `${placed.service.name} / ${placed.operator.name}`;
  }
  const wire = index.wires.get(where.id);
  if (wire !== undefined) {
    return wire.service.name;
  }
  const named =
    index.topics.get(where.id) ??
    index.services.get(where.id) ??
    index.schemas.get(where.id) ??
    index.externals.get(where.id) ??
    index.feeds.get(where.id);
  return named?.name ?? design.name;
}
