import type { OperatorOf } from '#shared/design/operators/registry.ts';
import type { AggregationWindow, Suppress } from '#shared/design/windows.ts';
import type { FieldSpec } from './field-spec.ts';

type Aggregate = OperatorOf<'aggregate'>;
type Join = OperatorOf<'join'>;

const hour = 3_600_000;
const minute = 60_000;

const freshWindows: Readonly<Record<string, AggregationWindow | undefined>> = {
  none: undefined,
  tumbling: { kind: 'tumbling', sizeMs: hour, graceMs: minute },
  hopping: { kind: 'hopping', sizeMs: hour, advanceMs: 5 * minute, graceMs: minute },
  sliding: { kind: 'sliding', differenceMs: 5 * minute, graceMs: minute },
  session: { kind: 'session', gapMs: 5 * minute, graceMs: minute },
};

/** One number of a window, for the kinds of window that have it. */
function windowTime(
  key: 'sizeMs' | 'advanceMs' | 'differenceMs' | 'gapMs' | 'graceMs',
  label: string,
  hint?: string,
): FieldSpec<Aggregate> {
  return {
    control: 'duration',
    field: `window.${key}`,
    label,
    ...(hint === undefined ? {} : { hint }),
    ...(key === 'graceMs' || key === 'differenceMs' ? {} : { atLeastMs: 1 }),
    when: ({ window }) => window !== undefined && key in window,
    read: ({ window }) => {
      const times: Readonly<Partial<Record<typeof key, unknown>>> = window ?? {};
      const time = times[key];
      return typeof time === 'number' ? time : null;
    },
    write: (operator, time) =>
      operator.window === undefined || time === null
        ? operator
        : { ...operator, window: { ...operator.window, [key]: time } },
  };
}

export const aggregateWindowFields: readonly FieldSpec<Aggregate>[] = [
  {
    control: 'choice',
    field: 'window',
    label: 'Window',
    choices: [
      { value: 'none', label: 'None: for ever' },
      { value: 'tumbling', label: 'Tumbling' },
      { value: 'hopping', label: 'Hopping' },
      { value: 'sliding', label: 'Sliding' },
      { value: 'session', label: 'Session' },
    ],
    read: (operator) => operator.window?.kind ?? 'none',
    write: (operator, kind) => {
      const window = freshWindows[kind];
      const graceMs = operator.window?.graceMs ?? window?.graceMs;
      return {
        ...operator,
        window: window === undefined || graceMs === undefined ? undefined : { ...window, graceMs },
        suppress: window === undefined ? undefined : operator.suppress,
        merge: window?.kind === 'session' ? operator.merge : undefined,
      };
    },
  },
  windowTime('sizeMs', 'Size'),
  windowTime('advanceMs', 'Advances by'),
  windowTime('differenceMs', 'Records at most apart'),
  windowTime('gapMs', 'Ends after a gap of'),
  windowTime('graceMs', 'Grace', 'How late a record may come and still count.'),
];

const freshSuppress: Readonly<Record<string, Suppress | undefined>> = {
  none: undefined,
  onWindowClose: { kind: 'onWindowClose' },
  untilWindowCloses: { kind: 'untilWindowCloses' },
  untilTimeLimit: { kind: 'untilTimeLimit', waitMs: minute },
};

export const suppressFields: readonly FieldSpec<Aggregate>[] = [
  {
    control: 'choice',
    field: 'suppress',
    label: 'Results go on',
    choices: [
      { value: 'none', label: 'At every change' },
      { value: 'onWindowClose', label: 'Once, given by the window as it closes' },
      { value: 'untilWindowCloses', label: 'Once, held back until the window closes' },
      { value: 'untilTimeLimit', label: 'After a time at most' },
    ],
    read: (operator) => operator.suppress?.kind ?? 'none',
    write: (operator, kind) => ({ ...operator, suppress: freshSuppress[kind] }),
  },
  {
    control: 'duration',
    field: 'suppress.waitMs',
    label: 'Waits at most',
    when: (operator) => operator.suppress?.kind === 'untilTimeLimit',
    read: ({ suppress }) => (suppress?.kind === 'untilTimeLimit' ? suppress.waitMs : null),
    write: (operator, waitMs) =>
      operator.suppress?.kind === 'untilTimeLimit' && waitMs !== null
        ? { ...operator, suppress: { ...operator.suppress, waitMs } }
        : operator,
  },
  {
    control: 'number',
    field: 'suppress.maxRecords',
    label: 'Holds at most',
    unit: 'records',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    whole: true,
    emptyMeans: 'any number',
    hint: 'With so many held back, the oldest goes on early.',
    when: (operator) => operator.suppress?.kind === 'untilTimeLimit',
    read: ({ suppress }) => (suppress?.kind === 'untilTimeLimit' ? (suppress.maxRecords ?? null) : null),
    write: (operator, maxRecords) => {
      if (operator.suppress?.kind !== 'untilTimeLimit') {
        return operator;
      }
      const { kind, waitMs } = operator.suppress;
      return { ...operator, suppress: { kind, waitMs, ...(maxRecords === null ? {} : { maxRecords }) } };
    },
  },
];

export const freshJoinWindow = { beforeMs: 5 * minute, afterMs: 5 * minute, graceMs: minute };

function joinTime(key: 'beforeMs' | 'afterMs' | 'graceMs', label: string): FieldSpec<Join> {
  return {
    control: 'duration',
    field: `window.${key}`,
    label,
    when: (operator) => operator.inputs === 'streamStream',
    read: (operator) => operator.window?.[key] ?? null,
    write: (operator, time) =>
      time === null
        ? operator
        : { ...operator, window: { ...(operator.window ?? freshJoinWindow), [key]: time } },
  };
}

export const joinWindowFields: readonly FieldSpec<Join>[] = [
  joinTime('beforeMs', 'Right is at most earlier by'),
  joinTime('afterMs', 'Right is at most later by'),
  joinTime('graceMs', 'Grace'),
  {
    control: 'duration',
    field: 'graceMs',
    label: 'Grace',
    emptyMeans: 'none: the latest value',
    hint: 'For a table that keeps versions: how late a record may come and still meet the value of its time.',
    when: (operator) => operator.inputs === 'streamTable',
    read: (operator) => operator.graceMs ?? null,
    write: (operator, graceMs) => ({ ...operator, graceMs: graceMs ?? undefined }),
  },
];
