import { toTerminalText } from './terminal-text.ts';

export type Cell = string | number | null;

/** Columns for a person: numbers to the right, unknown as a dash, a line for each row. Empty without rows. */
export function formatTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map((row) => row.map(toText));
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const isNumeric = header.map((_title, column) =>
    rows.every((row) => typeof row[column] === 'number' || row[column] === null),
  );
  const write = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return `${[header, ...lines].map(write).join('\n')}\n`;
}

function toText(cell: Cell): string {
  return cell === null ? '-' : toTerminalText(String(cell));
}
