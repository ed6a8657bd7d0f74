import { keyFormats, type Topic, topicRoles } from '#shared/design/design.ts';
import { KafkaName } from '#shared/design/types.ts';
import { cleanupWords, keyFormatWords, roleWords } from '../strings/kafka-words.ts';
import { topicConfigField } from './config-fields.tsx';
import type { FormGroup } from './field-spec.ts';
import { ownersField } from './owners-field.tsx';

export const topicForm: readonly FormGroup<Topic>[] = [
  {
    title: 'Topic',
    fields: [
      {
        control: 'text',
        field: 'name',
        label: 'Name',
        mono: true,
        shape: KafkaName,
        read: (topic) => topic.name,
        write: (topic, name) => ({ ...topic, name }),
      },
      {
        control: 'choice',
        field: 'role',
        label: 'Role',
        choices: topicRoles.map((role) => ({ value: role, label: roleWords[role] })),
        read: (topic) => topic.role,
        write: (topic, role) => ({ ...topic, role: topicRoles.find((each) => each === role) ?? topic.role }),
      },
      {
        control: 'type',
        field: 'key',
        label: 'Key',
        read: (topic) => topic.key.type,
        write: (topic, type) => (type === undefined ? topic : { ...topic, key: { ...topic.key, type } }),
      },
      {
        control: 'choice',
        field: 'key.format',
        label: 'Key format',
        hint: 'How the bytes of a key are read and written.',
        choices: keyFormats.map((format) => ({ value: format, label: keyFormatWords[format] })),
        read: (topic) => topic.key.format ?? 'auto',
        write: (topic, chosen) => {
          const format = keyFormats.find((each) => each === chosen);
          const { type } = topic.key;
          return { ...topic, key: format === undefined || format === 'auto' ? { type } : { type, format } };
        },
      },
      {
        control: 'type',
        field: 'value',
        label: 'Value',
        read: (topic) => topic.value.type,
        write: (topic, type) => (type === undefined ? topic : { ...topic, value: { type } }),
      },
    ],
  },
  {
    title: 'Log',
    fields: [
      {
        control: 'number',
        field: 'partitions',
        label: 'Partitions',
        min: 1,
        max: 100_000,
        whole: true,
        read: (topic) => topic.partitions,
        write: (topic, partitions) => (partitions === null ? topic : { ...topic, partitions }),
      },
      {
        control: 'number',
        field: 'replication',
        label: 'Replicas',
        min: 1,
        max: 32_767,
        whole: true,
        read: (topic) => topic.replication,
        write: (topic, replication) => (replication === null ? topic : { ...topic, replication }),
      },
      {
        control: 'choice',
        field: 'cleanup',
        label: 'Clean-up',
        choices: Object.entries(cleanupWords).map(([value, label]) => ({ value, label })),
        read: (topic) => topic.cleanup,
        write: (topic, cleanup) => ({ ...topic, cleanup: cleanup as Topic['cleanup'] }),
      },
      {
        control: 'duration',
        field: 'retentionMs',
        label: 'Retention',
        emptyMeans: 'for ever',
        hint: 'Left empty, records are kept for ever.',
        read: (topic) => topic.retentionMs,
        write: (topic, retentionMs) => ({ ...topic, retentionMs }),
      },
      topicConfigField,
    ],
  },
  {
    title: 'Contract',
    fields: [
      {
        control: 'flag',
        field: 'sourceOfTruth',
        label: 'Source of truth',
        hint: 'The system can be rebuilt from it; its records must not expire.',
        read: (topic) => topic.sourceOfTruth ?? false,
        write: (topic, on) => ({ ...topic, sourceOfTruth: on ? true : undefined }),
      },
      {
        control: 'flag',
        field: 'private',
        label: 'Private',
        hint: 'Internal to its owner; other services must not read it.',
        read: (topic) => topic.private ?? false,
        write: (topic, on) => ({ ...topic, private: on ? true : undefined }),
      },
      ownersField,
      {
        control: 'longText',
        field: 'note',
        label: 'Note',
        read: (topic) => topic.note ?? '',
        write: (topic, note) => ({ ...topic, note: note === '' ? undefined : note }),
      },
    ],
  },
];
