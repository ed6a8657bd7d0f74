import { describe, expect, it } from 'vitest';
import { applyCommand } from './commands/apply-command.ts';
import type { Command } from './commands/command.ts';
import type { Design } from './design.ts';
import {
  createHistory,
  type History,
  historyLimit,
  isDirty,
  markSaved,
  recordStep,
  redo,
  undo,
} from './history.ts';
import { buildDesign, buildTopic } from './testing/build-design.ts';

const start = buildDesign({
  topics: [buildTopic('orders'), buildTopic('payments')],
  layout: { nodes: { orders: { x: 0, y: 0 } } },
});

interface Desk {
  readonly design: Design;
  readonly history: History;
}

function perform(desk: Desk, command: Command, mergeKey: string | null = null): Desk {
  const applied = applyCommand(desk.design, command);
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  const { design, patches, inverse } = applied.value;
  const entry = { label: command.do, patches, inverse, mergeKey, at: desk.history.past.length };
  return { design, history: recordStep(desk.history, entry) };
}

function move(x: number, id = 'orders'): Command {
  return { do: 'moveNodes', nodes: [{ id, box: { x, y: 1 } }] };
}

const fresh: Desk = { design: start, history: createHistory() };

describe('undo and redo', () => {
  it('go back and forth, and say what they did', () => {
    const renamed = perform(fresh, { do: 'renameDesign', name: 'Shop' });
    const without = perform(renamed, { do: 'removeTopic', topic: 'orders' });
    const back = undo(without.history, without.design);
    expect(back).toMatchObject({ label: 'removeTopic', design: renamed.design });
    expect(back && redo(back.history, back.design)).toMatchObject({
      label: 'removeTopic',
      design: without.design,
    });
  });

  it('bring back the same objects that were removed', () => {
    const without = perform(fresh, { do: 'removeTopic', topic: 'orders' });
    expect(undo(without.history, without.design)?.design.topics[1]).toBe(start.topics[1]);
    expect(undo(without.history, without.design)?.design.topics[0]).toBe(start.topics[0]);
  });

  it('end at either end', () => {
    expect(undo(fresh.history, start)).toBeNull();
    expect(redo(fresh.history, start)).toBeNull();
  });

  it('forget what was undone once something else is done', () => {
    const moved = perform(fresh, move(5));
    const back = undo(moved.history, moved.design);
    const other = back && perform(back, { do: 'renameDesign', name: 'Other' });
    expect(other?.history.future).toEqual([]);
  });
});

describe('a gesture', () => {
  it('is one step, however many moves it has, and keeps only what counts', () => {
    const after = [1, 2, 3, 4].reduce((desk, x) => perform(desk, move(x), 'drag-1'), fresh);
    expect(after.history.past).toHaveLength(1);
    expect(after.history.past[0]?.patches).toHaveLength(1);
    expect(undo(after.history, after.design)?.design).toEqual(start);
  });

  it('that places a box for the first time is undone too', () => {
    const after = [1, 2].reduce((desk, x) => perform(desk, move(x, 'payments'), 'drag-1'), fresh);
    const back = undo(after.history, after.design);
    expect(back?.design).toEqual(start);
    expect(back && redo(back.history, back.design)?.design).toEqual(after.design);
  });

  it('ends at another key, at a step of its own, and at a save', () => {
    const first = perform(fresh, move(1), 'drag-1');
    expect(perform(first, move(2), 'drag-2').history.past).toHaveLength(2);
    expect(perform(first, move(2)).history.past).toHaveLength(2);
    const saved = { ...first, history: markSaved(first.history) };
    const later = perform(saved, move(2), 'drag-1');
    expect(later.history.past).toHaveLength(2);
    expect(isDirty(later.history)).toBe(true);
  });
});

describe('what was saved', () => {
  it('is where undo and redo lead back to', () => {
    const moved = perform(fresh, move(5));
    expect(isDirty(fresh.history)).toBe(false);
    expect(isDirty(moved.history)).toBe(true);
    const saved = markSaved(moved.history);
    const back = undo(saved, moved.design);
    expect(back && isDirty(back.history)).toBe(true);
    const again = back && redo(back.history, back.design);
    expect(again && isDirty(again.history)).toBe(false);
  });

  it('is out of reach once another step replaced the way to it', () => {
    const moved = perform(fresh, move(5));
    const back = undo(markSaved(moved.history), moved.design);
    const other = back && perform(back, move(6));
    expect(other?.history.savedAt).toBeNull();
    expect(other && isDirty(other.history)).toBe(true);
  });
});

describe('the limit', () => {
  it('drops the oldest steps, and with them the way to what was saved', () => {
    const names = Array.from({ length: historyLimit + 3 }, (_, at) => `Name ${at}`);
    const after = names.reduce((desk, name) => perform(desk, { do: 'renameDesign', name }), fresh);
    expect(after.history.past).toHaveLength(historyLimit);
    expect(after.history.savedAt).toBeNull();
  });
});

it('does not keep a step that changes nothing', () => {
  const same = perform(fresh, { do: 'renameDesign', name: start.name });
  expect(same.history.past).toEqual([]);
  expect(same.design).toBe(start);
});
