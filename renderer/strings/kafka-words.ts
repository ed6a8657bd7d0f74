import type { External, keyFormats, TopicRole } from '#shared/design/design.ts';
import type { JoinInputs } from '#shared/design/operators/join.ts';
import type { OperatorFamily } from '#shared/design/operators/operator-spec.ts';

export const roleWords: Readonly<Record<TopicRole, string>> = {
  event: 'Event',
  command: 'Command',
  state: 'State',
  deadLetter: 'Dead letter',
};

export const familyWords: Readonly<Record<OperatorFamily, string>> = {
  source: 'Sources',
  stateless: 'Stateless',
  stateful: 'Stateful',
  end: 'Ends',
  edge: 'Edges of the system',
};

export const guaranteeWords = {
  at_least_once: { short: '≥1', label: 'At least once' },
  exactly_once: { short: '1×', label: 'Exactly once' },
} as const;

export const joinWords: Readonly<Record<JoinInputs, string>> = {
  streamStream: 'stream ⋈ stream',
  streamTable: 'stream ⋈ table',
  streamGlobalTable: 'stream ⋈ global table',
  tableTable: 'table ⋈ table',
  foreignKey: 'table ⋈ table by foreign key',
};

export const externalWords: Readonly<Record<External['kind'], string>> = {
  database: 'Database',
  http: 'HTTP service',
  mail: 'Mail',
  person: 'Person',
  other: 'Other system',
};

export const keyFormatWords: Readonly<Record<(typeof keyFormats)[number], string>> = {
  auto: 'By its type',
  string: 'Text in UTF-8',
  long: 'Integer of 8 bytes, big-endian',
  json: 'JSON',
};

export const cleanupWords = {
  delete: 'Delete after retention',
  compact: 'Compact: keep the latest of each key',
  'compact,delete': 'Compact, and delete after retention',
} as const;
