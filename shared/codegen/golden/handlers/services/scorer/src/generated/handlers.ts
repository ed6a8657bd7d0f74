// Made by Millstream from design.millstream.json (d7b7bef347bd). Do not edit: it is written again each time.

import type { Click } from '@handlers/events';

/** The functions of `src/handlers`, one file each. When the drawing changes, the compiler shows which to mend. */
export interface Handlers {
  /** The value of “Score”. */
  scoreOf(input: { readonly key: string; readonly value: Click }): number;

  /** “Tell”. */
  tell(input: {
    readonly key: string;
    readonly value: number;
    readonly idempotenceKey: string;
  }): void | Promise<void>;
}
