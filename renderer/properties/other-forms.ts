import { External, type NoteBox, Service } from '#shared/design/design.ts';
import { KafkaName } from '#shared/design/types.ts';
import { externalWords, guaranteeWords } from '../strings/kafka-words.ts';
import type { FormGroup } from './field-spec.ts';

export const serviceForm: readonly FormGroup<Service>[] = [
  {
    title: 'Service',
    fields: [
      {
        control: 'text',
        field: 'name',
        label: 'Name',
        shape: Service.shape.name,
        read: (service) => service.name,
        write: (service, name) => ({ ...service, name }),
      },
      {
        control: 'text',
        field: 'applicationId',
        label: 'Application id',
        hint: 'Its consumer group, and the prefix of its internal topics. Keep it once it is live.',
        mono: true,
        shape: KafkaName,
        read: (service) => service.applicationId,
        write: (service, applicationId) => ({ ...service, applicationId }),
      },
      {
        control: 'segments',
        field: 'guarantee',
        label: 'Guarantee',
        choices: Object.entries(guaranteeWords).map(([value, { label }]) => ({ value, label })),
        read: (service) => service.guarantee,
        write: (service, guarantee) => ({
          ...service,
          guarantee: guarantee === 'exactly_once' ? 'exactly_once' : 'at_least_once',
        }),
      },
      {
        control: 'number',
        field: 'instances',
        label: 'Instances',
        min: 1,
        max: 1_000,
        whole: true,
        read: (service) => service.instances,
        write: (service, instances) => (instances === null ? service : { ...service, instances }),
      },
      {
        control: 'text',
        field: 'team',
        label: 'Team',
        placeholder: 'none',
        read: (service) => service.team ?? '',
        write: (service, team) => ({ ...service, team: team === '' ? undefined : team }),
      },
      {
        control: 'longText',
        field: 'note',
        label: 'Note',
        read: (service) => service.note ?? '',
        write: (service, note) => ({ ...service, note: note === '' ? undefined : note }),
      },
    ],
  },
];

export const externalForm: readonly FormGroup<External>[] = [
  {
    title: 'External system',
    fields: [
      {
        control: 'text',
        field: 'name',
        label: 'Name',
        shape: External.shape.name,
        read: (external) => external.name,
        write: (external, name) => ({ ...external, name }),
      },
      {
        control: 'choice',
        field: 'kind',
        label: 'Kind',
        choices: Object.entries(externalWords).map(([value, label]) => ({ value, label })),
        read: (external) => external.kind,
        write: (external, kind) => ({ ...external, kind: kind as External['kind'] }),
      },
      {
        control: 'longText',
        field: 'note',
        label: 'Note',
        read: (external) => external.note ?? '',
        write: (external, note) => ({ ...external, note: note === '' ? undefined : note }),
      },
    ],
  },
];

export const noteForm: readonly FormGroup<NoteBox>[] = [
  {
    title: 'Note',
    fields: [
      {
        control: 'longText',
        field: 'text',
        label: 'Text',
        read: (note) => note.text,
        write: (note, text) => ({ ...note, text }),
      },
    ],
  },
];
