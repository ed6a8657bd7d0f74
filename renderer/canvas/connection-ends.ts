import type { Result } from '#shared/base/result.ts';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import type { Design } from '#shared/design/design.ts';
import type { DesignIndex } from '#shared/design/queries/index-design.ts';
import type { Boxes } from './scene.ts';

/** One end of a line that is drawn: a node, and the handle it was drawn from or to, if it hit one. */
export interface LineEnd {
  readonly node: string;
  readonly handle: string | null;
}

/** What a line would do, in words, and the commands that do it. */
export interface ConnectionPlan {
  readonly words: string;
  readonly commands: readonly SingleCommand[];
}

/** The error is one sentence on why the line may not be drawn. */
export type PlannedConnection = Result<ConnectionPlan, string>;

export interface Ends {
  readonly design: Design;
  readonly boxes: Boxes;
  readonly index: DesignIndex;
  readonly from: LineEnd;
  readonly to: LineEnd;
}
