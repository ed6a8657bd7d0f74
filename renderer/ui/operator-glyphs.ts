import type { OperatorKind } from '#shared/design/operators/registry.ts';
import * as glyphs from './kafka-glyphs.tsx';

/** The sign of each kind of operator. */
export const operatorGlyphs: Readonly<Record<OperatorKind, glyphs.Glyph>> = {
  stream: glyphs.StreamGlyph,
  table: glyphs.TableGlyph,
  globalTable: glyphs.GlobalTableGlyph,
  filter: glyphs.FilterGlyph,
  map: glyphs.MapGlyph,
  flatMap: glyphs.FlatMapGlyph,
  selectKey: glyphs.SelectKeyGlyph,
  branch: glyphs.BranchGlyph,
  merge: glyphs.MergeGlyph,
  repartition: glyphs.RepartitionGlyph,
  toStream: glyphs.ToStreamGlyph,
  join: glyphs.JoinGlyph,
  aggregate: glyphs.AggregateGlyph,
  gather: glyphs.GatherGlyph,
  sink: glyphs.SinkGlyph,
  deadLetter: glyphs.DeadLetterGlyph,
  sideEffect: glyphs.SideEffectGlyph,
  httpWrite: glyphs.HttpWriteGlyph,
  httpQuery: glyphs.HttpQueryGlyph,
  connectorSource: glyphs.ConnectorGlyph,
  connectorSink: glyphs.ConnectorGlyph,
};
