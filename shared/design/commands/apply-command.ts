import { createDraft, enablePatches, finishDraft, type Patch } from 'immer';
import { err, ok, type Result } from '../../base/result.ts';
import { type Design, designLimits } from '../design.ts';
import { integrityProblems } from '../parse/integrity-problems.ts';
import { shapeProblems } from '../parse/shape-problems.ts';
import { Command, type CommandName, type CommandOf, type SingleCommand } from './command.ts';
import type { CommandProblem } from './command-problem.ts';
import { remove, renameDesign } from './design-commands.ts';
import type { DesignEdit } from './design-edit.ts';
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

enablePatches();

/** A design after a command, and the way there and back. */
export interface AppliedCommand {
  readonly design: Design;
  readonly patches: readonly Patch[];
  /** What takes `design` back to the one before. Empty when the command changed nothing. */
  readonly inverse: readonly Patch[];
  /** The ids of what was added, changed or removed. */
  readonly touched: readonly string[];
}

/**
 * Applies a command to a design that opens, and gives a new one that opens too; the old one is never changed.
 * Parts that the command does not touch stay the same objects.
 */
export function applyCommand(design: Design, command: Command): Result<AppliedCommand, CommandProblem> {
  const parsed = Command.safeParse(command);
  if (!parsed.success) {
    return err({ code: 'not-a-command', problems: shapeProblems(parsed.error, command) });
  }
  return parsed.data.do === 'batch' ? applyAll(design, parsed.data.commands) : applyOne(design, parsed.data);
}

function applyAll(
  design: Design,
  commands: readonly SingleCommand[],
): Result<AppliedCommand, CommandProblem> {
  let whole: AppliedCommand = { design, patches: [], inverse: [], touched: [] };
  for (const command of commands) {
    const next = applyOne(whole.design, command);
    if (!next.ok) return next;
    whole = {
      design: next.value.design,
      patches: [...whole.patches, ...next.value.patches],
      inverse: [...next.value.inverse, ...whole.inverse],
      touched: [...new Set([...whole.touched, ...next.value.touched])],
    };
  }
  return ok(whole);
}

function applyOne<N extends CommandName>(
  design: Design,
  command: CommandOf<N>,
): Result<AppliedCommand, CommandProblem> {
  const edit: DesignEdit = { design, draft: createDraft(design), touched: new Set() };
  const apply: Apply<N> = commands[command.do as N].apply;
  const problem = apply(edit, command);
  if (problem) return err(problem);

  const made: { patches: readonly Patch[]; inverse: readonly Patch[] } = { patches: [], inverse: [] };
  const next = finishDraft(edit.draft, (patches, inverse) => Object.assign(made, { patches, inverse }));
  const refused = refusal(design, next, command.do);
  return refused ? err(refused) : ok({ design: next, ...made, touched: [...edit.touched] });
}

type Apply<N extends CommandName> = (edit: DesignEdit, command: CommandOf<N>) => CommandProblem | null;

/** A forgotten command does not compile here. */
const commands: { readonly [N in CommandName]: { readonly apply: Apply<N> } } = {
  addTopic,
  updateTopic,
  removeTopic,
  addService,
  updateService,
  removeService,
  addOperator,
  updateOperator,
  removeOperator,
  connect,
  disconnect,
  addExternal,
  updateExternal,
  removeExternal,
  addRequest,
  removeRequest,
  addSchema,
  updateSchema,
  removeSchema,
  addFeed,
  updateFeed,
  removeFeed,
  addNote,
  updateNote,
  removeNote,
  moveNodes,
  arrange,
  renameDesign,
  insertFragment,
  remove,
};

/** Commands that bring a whole graph of their own, which is checked as a file is. */
const bringsGraph: ReadonlySet<CommandName> = new Set(['addService', 'insertFragment']);

function refusal(before: Design, after: Design, name: CommandName): CommandProblem | null {
  if (bringsGraph.has(name)) {
    const problems = integrityProblems(after);
    if (problems.length > 0) return { code: 'not-valid', problems };
  }
  return tooMany(before, after);
}

function tooMany(before: Design, after: Design): CommandProblem | null {
  for (const list of ['schemas', 'topics', 'services', 'externals', 'requests', 'feeds', 'notes'] as const) {
    if (after[list].length > designLimits[list])
      return { code: 'too-many', of: list, limit: designLimits[list] };
  }
  if (after.services === before.services) return null;
  const { operatorsInService, wiresInService } = designLimits;
  for (const { operators, wires } of after.services) {
    if (operators.length > operatorsInService) {
      return { code: 'too-many', of: 'operators', limit: operatorsInService };
    }
    if (wires.length > wiresInService) return { code: 'too-many', of: 'wires', limit: wiresInService };
  }
  return null;
}
