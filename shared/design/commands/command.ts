import { z } from 'zod';
import { remove, renameDesign } from './design-commands.ts';
import { addExternal, removeExternal, updateExternal } from './external-commands.ts';
import { addFeed, removeFeed, updateFeed } from './feed-commands.ts';
import { insertFragment } from './insert-fragment.ts';
import { arrange, moveNodes } from './layout-commands.ts';
import { addNote, removeNote, updateNote } from './note-commands.ts';
import { addOperator, removeOperator, updateOperator } from './operator-commands.ts';
import { addRequest, removeRequest } from './request-commands.ts';
import { addSchema, removeSchema, updateSchema } from './schema-commands.ts';
import { addService, removeService, updateService } from './service-commands.ts';
import { addTopic, removeTopic, updateTopic } from './topic-commands.ts';
import { connect, disconnect } from './wire-commands.ts';

/** One change of a design. */
export const SingleCommand = z.discriminatedUnion('do', [
  addTopic.schema,
  updateTopic.schema,
  removeTopic.schema,
  addService.schema,
  updateService.schema,
  removeService.schema,
  addOperator.schema,
  updateOperator.schema,
  removeOperator.schema,
  connect.schema,
  disconnect.schema,
  addExternal.schema,
  updateExternal.schema,
  removeExternal.schema,
  addRequest.schema,
  removeRequest.schema,
  addSchema.schema,
  updateSchema.schema,
  removeSchema.schema,
  addFeed.schema,
  updateFeed.schema,
  removeFeed.schema,
  addNote.schema,
  updateNote.schema,
  removeNote.schema,
  moveNodes.schema,
  arrange.schema,
  renameDesign.schema,
  insertFragment.schema,
  remove.schema,
]);
export type SingleCommand = z.infer<typeof SingleCommand>;

/** Several changes in order, as one: all of them apply, or none. */
const Batch = z.strictObject({ do: z.literal('batch'), commands: z.array(SingleCommand).min(1).max(1_000) });

/** Everything that can be done to a design. */
export const Command = z.discriminatedUnion('do', [...SingleCommand.options, Batch]);
export type Command = z.infer<typeof Command>;

export type CommandName = SingleCommand['do'];
export type CommandOf<N extends CommandName> = Extract<SingleCommand, { do: N }>;
