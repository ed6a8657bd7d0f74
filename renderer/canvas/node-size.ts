import type { External, NoteBox, Topic } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Everything stands on this grid. */
export const grid = 8;
export const serviceHeadHeight = 40;
export const servicePadding = 16;

const chip: Size = { width: 192, height: 44 };
const branchOutput = 64;
const smallest: Size = { width: 216, height: 112 };

export function onGrid(value: number): number {
  return Math.round(value / grid) * grid;
}

/** Room for the widest name Inter can make of so many letters, without measuring in the page. */
function textWidth(text: string, perLetter: number): number {
  return text.length * perLetter;
}

function up(value: number): number {
  return Math.ceil(value / grid) * grid;
}

export function topicSize(topic: Pick<Topic, 'name'>): Size {
  return { width: up(Math.min(320, Math.max(152, textWidth(topic.name, 7.6) + 16))), height: 56 };
}

/** All chips are alike, but a branch widens with its outputs, so that their names can be read. */
export function operatorSize(operator: Operator): Size {
  if (operator.kind !== 'branch') {
    return chip;
  }
  return {
    width: up(Math.max(chip.width, (operator.branches.length + 1) * branchOutput)),
    height: chip.height,
  };
}

export function externalSize(external: Pick<External, 'name'>): Size {
  return { width: up(Math.min(240, Math.max(136, textWidth(external.name, 7.6) + 52))), height: 48 };
}

export function noteSize(note: Pick<NoteBox, 'text'>): Size {
  const lines = note.text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 34)), 0);
  return { width: 240, height: up(24 + Math.max(2, lines) * 18) };
}

/** A service is as large as it was drawn, and never smaller than what stands in it. */
export function serviceSize(drawn: Partial<Size> | undefined, inside: readonly (Place & Size)[]): Size {
  const right = Math.max(0, ...inside.map((box) => box.x + box.width)) + servicePadding;
  const bottom = Math.max(0, ...inside.map((box) => box.y + box.height)) + servicePadding + 8;
  return {
    width: up(Math.max(drawn?.width ?? smallest.width, right)),
    height: up(Math.max(drawn?.height ?? smallest.height, bottom)),
  };
}
