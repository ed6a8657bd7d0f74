import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer.ts';
import type { ResolvedCase } from './case-scope.ts';

/** One place at which two answers differ. */
export interface Difference {
  readonly where: string;
  /** What Kafka Streams answers. */
  readonly expected: string;
  readonly got: string;
}

type Rows = Readonly<Record<string, readonly unknown[]>>;

/** The differences between Kafka Streams' answer and ours; the first of each topic and store. */
export function compareAnswers(found: ResolvedCase, expected: Answer, got: Answer): Difference[] {
  const failures = compareFailures(expected, got);
  if (failures.length > 0) return failures;
  const unnamed = unnamedStores(found);
  const rows = (all: Rows | undefined): Rows =>
    Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => !unnamed(name)));
  return [
    ...compareRows('topic', rows(expected.topics), rows(got.topics)),
    ...compareRows('store', inOrder(rows(expected.stores)), inOrder(rows(got.stores))),
  ];
}

function compareFailures(expected: Answer, got: Answer): Difference[] {
  if (expected.failure?.at === got.failure?.at) return [];
  const tell = ({ failure }: Answer): string =>
    failure === undefined ? 'no failure' : `${failure.at}: ${failure.message}`;
  return [{ where: 'failure', expected: tell(expected), got: tell(got) }];
}

function compareRows(what: string, expected: Rows, got: Rows): Difference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(got)])].toSorted();
  return names.flatMap((name) => {
    const one = expected[name] ?? [];
    const two = got[name] ?? [];
    for (let index = 0; index < Math.max(one.length, two.length); index += 1) {
      if (isSameRow(one[index], two[index])) continue;
      const more = one.length === two.length ? '' : ` (${one.length} rows expected, got ${two.length})`;
      return [
        { where: `${what} ${name} [${index}]${more}`, expected: tell(one[index]), got: tell(two[index]) },
      ];
    }
    return [];
  });
}

/** Kafka Streams' kinds of window stores list their rows in different orders; what counts is the content. */
function inOrder(stores: Rows): Rows {
  const isWindow = (row: unknown): boolean => typeof row === 'object' && row !== null && 'start' in row;
  const text = (row: unknown): string => JSON.stringify(row, ['key', 'start', 'end', 'value', 'at']);
  return Object.fromEntries(
    Object.entries(stores).map(([name, rows]) => [
      name,
      rows.some(isWindow) ? rows.toSorted((one, two) => (text(one) < text(two) ? -1 : 1)) : rows,
    ]),
  );
}

function isSameRow(expected: unknown, got: unknown): boolean {
  // Kafka Streams leaves some timestamps of changelogs to the producer: those are the time of sending.
  const isOpen =
    typeof expected === 'object' && expected !== null && 'at' in expected && expected.at === null;
  return isDeepStrictEqual(expected, isOpen && typeof got === 'object' ? { ...got, at: null } : got);
}

function tell(row: unknown): string {
  return row === undefined ? 'nothing' : JSON.stringify(row);
}

/** Stores that a case gives no name have different names on the two sides. */
function unnamedStores(found: ResolvedCase): (name: string) => boolean {
  const ours = new Set(
    found.topology.flatMap((step) =>
      step.op === 'table' && step.store === undefined
        ? [`${step.topic}-store`, `app-${step.topic}-store-changelog`]
        : [],
    ),
  );
  return (name) => ours.has(name) || /-STATE-STORE-\d{10}(-changelog)?$/.test(name);
}
