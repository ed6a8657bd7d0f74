import { z } from 'zod';
import { Id } from '../types.ts';
import { defineOperator, operatorBase } from './operator-spec.ts';

/** A Kafka Connect sink: copies from a topic into an external system. */
export const connectorSinkOperator = defineOperator({
  kind: 'connectorSink',
  family: 'edge',
  title: 'Connector sink',
  summary: 'Kafka Connect copies from a topic into an external system.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('connectorSink'),
    external: Id.nullable(),
    topic: Id.nullable(),
    connectorClass: z.string().max(300),
    config: z.record(z.string(), z.string()),
  }),
  inputs: () => [],
  outputs: () => [],
  fresh: () => ({
    kind: 'connectorSink' as const,
    external: null,
    topic: null,
    connectorClass: '',
    config: {},
  }),
});
