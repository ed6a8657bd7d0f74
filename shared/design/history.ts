import type { Patch } from 'immer';
import { applyPatches } from './commands/apply-patches.ts';
import type { Design } from './design.ts';

/** How many steps back a person can go. */
export const historyLimit = 500;

/** One step of undo: a command, or all the commands of one gesture. */
export interface HistoryEntry {
  /** What was done, as a code that the interface has words for. */
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Entries of one gesture (a drag, typing in one field) share a key; null stands alone. */
  readonly mergeKey: string | null;
  /** When, in milliseconds since the epoch; for a merged entry, its last part. */
  readonly at: number;
}

/** What was done to a design and undone. A value: each function gives a new one. */
export interface History {
  readonly past: readonly HistoryEntry[];
  /** The next to redo is the first. */
  readonly future: readonly HistoryEntry[];
  /** How many entries lay in the past when the design was last saved; null when no undo leads there any more. */
  readonly savedAt: number | null;
}

/** The history of a design just opened or made. */
export function createHistory(): History {
  return { past: [], future: [], savedAt: 0 };
}

/** Whether the design differs from the one last saved, by what was done since. */
export function isDirty(history: History): boolean {
  return history.savedAt !== history.past.length;
}

export function markSaved(history: History): History {
  return { ...history, savedAt: history.past.length };
}

/** Adds a step; what was undone before is forgotten. A step that changes nothing is not kept. */
export function recordStep(history: History, entry: HistoryEntry): History {
  if (entry.patches.length === 0) return history;
  const last = history.past.at(-1);
  const continues = last && last.mergeKey !== null && last.mergeKey === entry.mergeKey;
  if (continues && history.future.length === 0 && history.savedAt !== history.past.length) {
    return { ...history, past: [...history.past.slice(0, -1), mergeEntries(last, entry)] };
  }
  const isSavedAhead = history.savedAt !== null && history.savedAt > history.past.length;
  const past = [...history.past, entry];
  const dropped = Math.max(0, past.length - historyLimit);
  const savedAt = history.savedAt === null || isSavedAhead ? null : history.savedAt - dropped;
  return { past: past.slice(dropped), future: [], savedAt: savedAt !== null && savedAt < 0 ? null : savedAt };
}

export interface HistoryStep {
  readonly history: History;
  readonly design: Design;
  readonly label: string;
}

/** Takes the last step back; null when there is none. `design` must be the one that the history led to. */
export function undo(history: History, design: Design): HistoryStep | null {
  const entry = history.past.at(-1);
  if (!entry) return null;
  return {
    history: { ...history, past: history.past.slice(0, -1), future: [entry, ...history.future] },
    design: applyPatches(design, entry.inverse),
    label: entry.label,
  };
}

/** Does again what was last undone; null when there is nothing. */
export function redo(history: History, design: Design): HistoryStep | null {
  const [entry, ...future] = history.future;
  if (!entry) return null;
  return {
    history: { ...history, past: [...history.past, entry], future },
    design: applyPatches(design, entry.patches),
    label: entry.label,
  };
}

function mergeEntries(first: HistoryEntry, second: HistoryEntry): HistoryEntry {
  const { label, mergeKey } = first;
  const patches = [...first.patches, ...second.patches];
  const inverse = [...second.inverse, ...first.inverse];
  return { label, mergeKey, at: second.at, patches: lastOfEach(patches), inverse: lastOfEach(inverse) };
}

/**
 * A long drag replaces the same few values over and over: only the last of each counts. That holds while every
 * patch is a replacement and no path leads into what another one replaces; otherwise all of them stay.
 */
function lastOfEach(patches: readonly Patch[]): readonly Patch[] {
  const byPath = new Map(patches.map((patch) => [patch.path.join('/'), patch]));
  const isNested = patches.some(({ path }) =>
    path.some((_, length) => length > 0 && byPath.has(path.slice(0, length).join('/'))),
  );
  const isPlain = patches.every(({ op, path }) => op === 'replace' && path.at(-1) !== 'length');
  return isPlain && !isNested ? [...byPath.values()] : patches;
}
