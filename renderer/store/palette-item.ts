import type { External, TopicRole } from '#shared/design/design.ts';
import type { OperatorKind } from '#shared/design/operators/registry.ts';

/** What can be put on the drawing. */
export type PaletteItem =
  | { readonly add: 'topic'; readonly role: TopicRole }
  | { readonly add: 'service' }
  | { readonly add: 'external'; readonly kind: External['kind'] }
  | { readonly add: 'note' }
  | { readonly add: 'operator'; readonly kind: OperatorKind };

/** The type under which a dragged palette item travels. */
export const paletteMime = 'application/x-millstream-palette';
