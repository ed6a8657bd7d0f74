import { z } from 'zod';
import { Id } from '../types.ts';
import { defineOperator, operatorBase } from './operator-spec.ts';

/** A Kafka Connect source: copies from an external system into a topic. */
export const connectorSourceOperator = defineOperator({
  kind: 'connectorSource',
  family: 'edge',
  title: 'Connector source',
  summary: 'Kafka Connect copies from an external system into a topic.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('connectorSource'),
    external: Id.nullable(),
    topic: Id.nullable(),
    connectorClass: z.string().max(300),
    config: z.record(z.string(), z.string()),
  }),
  inputs: () => [],
  outputs: () => [],
  fresh: () => ({
    kind: 'connectorSource' as const,
    external: null,
    topic: null,
    connectorClass: '',
    config: {},
  }),
});
