import type { Place, Size } from '../node-size.ts';

export interface RowChip extends Place, Size {
  readonly id: string;
  /**
   * It has an end that a line reaches from the left wall of its service, or one that a line leaves to the
   * right.
   */
  readonly opensLeft: boolean;
  readonly opensRight: boolean;
}

/**
 * Moves chips down, each into a row of its own, where another chip stands between them and the wall that
 * their line comes from: a line that runs behind a chip would seem to belong to it. What stands below moves
 * down as well.
 */
export function openRows(chips: readonly RowChip[], rowGap: number): ReadonlyMap<string, Place> {
  const rows = [...Map.groupBy(chips, (chip) => chip.y)].toSorted(([a], [b]) => a - b);
  const places = new Map<string, Place>();
  let shift = 0;
  for (const [, row] of rows) {
    const { staying, moving } = splitRow(row);
    for (const chip of staying) {
      places.set(chip.id, { x: chip.x, y: chip.y + shift });
    }
    for (const chip of moving) {
      shift += chip.height + rowGap;
      places.set(chip.id, { x: chip.x, y: chip.y + shift });
    }
  }
  return places;
}

/** Those that leave do so from left to right, so that each finds its way free in its own row. */
function splitRow(row: readonly RowChip[]): {
  readonly staying: readonly RowChip[];
  readonly moving: readonly RowChip[];
} {
  const ordered = row.toSorted((a, b) => a.x - b.x);
  const staying: RowChip[] = [];
  const moving: RowChip[] = [];
  for (const [index, chip] of ordered.entries()) {
    const blockedLeft = chip.opensLeft && staying.length > 0;
    const blockedRight = chip.opensRight && index < ordered.length - 1;
    (blockedLeft || blockedRight ? moving : staying).push(chip);
  }
  return { staying, moving };
}
