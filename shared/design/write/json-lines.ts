/** The longest line that is made of several values; a single long text may be longer. */
const width = 110;

type Fields = Readonly<Record<string, unknown>>;

/** Writes one value that starts at the given depth; the first line carries no indent of its own. */
export type Writer = (value: unknown, depth: number) => string;

/** Everything on one line. */
export const onOneLine: Writer = (value) => {
  if (Array.isArray(value)) return `[${value.map((each) => onOneLine(each, 0)).join(', ')}]`;
  if (!isFields(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${onOneLine(each, 0)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
};

/** A list with each entry on lines of its own. */
export function listOf(entry: Writer): Writer {
  return (value, depth) => {
    if (!Array.isArray(value) || value.length === 0) return '[]';
    return block(
      '[',
      value.map((each) => entry(each, depth + 1)),
      ']',
      depth,
    );
  };
}

/** An object with each entry on lines of its own. */
export function entriesOf(entry: Writer): Writer {
  return (value, depth) => {
    if (!isFields(value) || Object.keys(value).length === 0) return '{}';
    const entries = Object.entries(value);
    return block(
      '{',
      entries.map(([key, each]) => field(key, each, entry, depth + 1)),
      '}',
      depth,
    );
  };
}

export interface RecordStyle {
  /** Fields that share a line; a field in no group has lines of its own. The first group comes first. */
  readonly groups: readonly (readonly string[])[];
  /** How a field is written when not on one line. */
  readonly fields?: Readonly<Record<string, Writer>>;
}

/** A record as a block, a group of fields on each line. */
export function record({ groups, fields = {} }: RecordStyle): Writer {
  return (value, depth) => {
    if (!isFields(value)) return onOneLine(value, depth);
    return block('{', linesOf(value, groups, fields, depth + 1), '}', depth);
  };
}

/** On one line when that is short enough, otherwise as the other writer says. */
export function shortOr(long: Writer): Writer {
  return (value, depth) => {
    const short = onOneLine(value, depth);
    return short.length + depth * 2 < width ? short : long(value, depth);
  };
}

function linesOf(
  value: Fields,
  groups: RecordStyle['groups'],
  fields: Readonly<Record<string, Writer>>,
  depth: number,
): readonly string[] {
  const head = (groups[0] ?? []).filter((name) => name in value);
  const names = [...head, ...Object.keys(value).filter((name) => !head.includes(name))];
  const lines: string[][] = [];
  let groupBefore: readonly string[] | undefined;
  for (const name of names) {
    const text = field(name, value[name], fields[name] ?? onOneLine, depth);
    const group = groups.find((each) => each.includes(name));
    if (group && group === groupBefore) lines.at(-1)?.push(text);
    else lines.push([text]);
    groupBefore = group;
  }
  return lines.map((texts) => texts.join(', '));
}

function field(name: string, value: unknown, writer: Writer, depth: number): string {
  return `${JSON.stringify(name)}: ${writer(value, depth)}`;
}

function block(open: string, entries: readonly string[], close: string, depth: number): string {
  const indent = '  '.repeat(depth);
  return `${open}\n${entries.map((entry) => `${indent}  ${entry}`).join(',\n')}\n${indent}${close}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
