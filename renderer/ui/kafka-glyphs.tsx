import type { ReactNode } from 'react';

export interface GlyphProps {
  readonly size?: number;
  readonly className?: string | undefined;
}

export type Glyph = (props: GlyphProps) => ReactNode;

interface GlyphFrameProps extends GlyphProps {
  readonly children: ReactNode;
}

/** Drawn on lucide's grid: 24 units, round joins. */
function GlyphFrame({ size = 16, className, children }: GlyphFrameProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const TopicGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M5 7h13a3 5 0 0 1 0 10H5a3 5 0 0 1 0-10Z" />
    <path d="M18 7a3 5 0 0 0 0 10M9.5 9.5v5M13 9.5v5" />
  </GlyphFrame>
);
export const CompactedTopicGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M5 7h11l4 4v6H5a3 5 0 0 1 0-10Z" />
    <path d="M16 7v4h4M9.5 10v4M13 10v4" />
  </GlyphFrame>
);
export const DeadLetterGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M5 7h12v10H5a3 5 0 0 1 0-10Z" />
    <path d="M20.5 5v14M8.5 10l4 4M12.5 10l-4 4" />
  </GlyphFrame>
);
export const CommandGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M5 7h10l5 5-5 5H5a3 5 0 0 1 0-10Z" />
    <path d="M9 9.5v5" />
  </GlyphFrame>
);
export const JoinGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M4 6v12l16-12v12L4 6Z" />
  </GlyphFrame>
);
export const WindowGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M7 5H4v10h3M17 5h3v10h-3" />
    <path d="M3 19h18M8 19v-2M12 19v-2M16 19v-2" />
  </GlyphFrame>
);
export const StoreGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <ellipse cx="12" cy="6" rx="7" ry="3" />
    <path d="M5 6v12c0 1.7 3.1 3 7 3s7-1.3 7-3V6" />
  </GlyphFrame>
);
export const GatherGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M4 5c5 0 5 7 10 7M4 12h10M4 19c5 0 5-7 10-7" />
    <path d="M14 12h7M18 9l3 3-3 3" />
  </GlyphFrame>
);
export const StreamGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M3 12h17M15 7l5 5-5 5" />
  </GlyphFrame>
);
export const TableGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M3 9.5h15M3 14.5h15" />
    <path d="m16 6 5 6-5 6" />
  </GlyphFrame>
);
export const GlobalTableGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c-5 5-5 12 0 17M12 3.5c5 5 5 12 0 17" />
  </GlyphFrame>
);
export const SinkGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M3 12h11M10 8l4 4-4 4M19 5v14" />
  </GlyphFrame>
);
export const SelectKeyGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <circle cx="8" cy="15" r="4" />
    <path d="m11 12 8-8M16 7l3 3" />
  </GlyphFrame>
);
export const MapGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <rect x="3" y="8" width="7" height="8" rx="1.5" />
    <path d="M12 12h4M14.5 9.5 17 12l-2.5 2.5" />
    <circle cx="20" cy="12" r="1.5" />
  </GlyphFrame>
);
export const FlatMapGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M3 12h7M10 12c3 0 3-6 7-6h3M10 12h10M10 12c3 0 3 6 7 6h3" />
  </GlyphFrame>
);
export const FilterGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M4 5h16l-6 7.5V19l-4-2v-4.5L4 5Z" />
  </GlyphFrame>
);
export const BranchGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M3 12h6c4 0 4-6 8-6h3M9 12c4 0 4 6 8 6h3M17.5 3.5 20 6l-2.5 2.5M17.5 15.5 20 18l-2.5 2.5" />
  </GlyphFrame>
);
export const MergeGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M4 6h3c4 0 4 6 8 6h5M4 18h3c4 0 4-6 8-6M17.5 9.5 20 12l-2.5 2.5" />
  </GlyphFrame>
);
export const RepartitionGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M4 7h3l10 10h3M4 17h3L17 7h3" />
    <path d="M18 5l2 2-2 2M18 15l2 2-2 2" />
  </GlyphFrame>
);
export const ToStreamGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M3 9.5h6M3 14.5h6" />
    <path d="M12 12h8M17 8.5l3.5 3.5-3.5 3.5" />
  </GlyphFrame>
);
export const AggregateGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M18 5H6l7 7-7 7h12" />
  </GlyphFrame>
);
export const SideEffectGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M13 3 5 13.5h6L10 21l8-10.5h-6L13 3Z" />
  </GlyphFrame>
);
export const HttpWriteGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <rect x="3" y="5" width="18" height="14" rx="2" />
    <path d="M7 12h9M12.5 8.5 16 12l-3.5 3.5" />
  </GlyphFrame>
);
export const HttpQueryGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <rect x="3" y="5" width="18" height="14" rx="2" />
    <circle cx="11" cy="11.5" r="2.8" />
    <path d="m13.2 13.7 2.3 2.3" />
  </GlyphFrame>
);
export const ConnectorGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M9 7V3M15 7V3M7 7h10v4a5 5 0 0 1-10 0V7ZM12 16v5" />
  </GlyphFrame>
);
export const ServiceGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <rect x="3" y="4" width="18" height="16" rx="2.5" />
    <path d="M3 9h18M6.5 6.5h.01" />
  </GlyphFrame>
);
export const NoteGlyph: Glyph = (props) => (
  <GlyphFrame {...props}>
    <path d="M5 4h14v11l-5 5H5V4ZM14 20v-5h5M8.5 9h7M8.5 12.500h4" />
  </GlyphFrame>
);
