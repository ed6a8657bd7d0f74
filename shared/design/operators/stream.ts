import { z } from 'zod';
import { Id } from '../types.ts';
import { defineOperator, operatorBase, streamOut } from './operator-spec.ts';

/** Reads a topic as a stream: every record is a fact. */
export const streamOperator = defineOperator({
  kind: 'stream',
  family: 'source',
  title: 'Stream',
  summary: 'Reads a topic as a stream: every record is a fact of its own.',
  schema: z.strictObject({ ...operatorBase, kind: z.literal('stream'), topic: Id.nullable() }),
  inputs: () => [],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'stream' as const, topic: null }),
});
