import { Plus, X } from 'lucide-react';
import type { Design, Schema, Topic } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { emittersOf } from '#shared/design/queries/topic-use.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';
import type { OwnSpec } from './field-spec.ts';
import css from './rows.module.css';

type Ownership = NonNullable<Topic['ownership']>;
type Owner = Ownership['owners'][number];

/** Which service writes which event types, so that each type has one writer. */
export const ownersField: OwnSpec<Topic> = {
  control: 'own',
  field: 'ownership',
  label: 'Who writes which event types',
  render: (topic, change) => (
    <Owners topic={topic} set={(ownership) => change({ ...topic, ownership: emptyAsNone(ownership) })} />
  ),
};

function emptyAsNone(ownership: Ownership): Ownership | undefined {
  return ownership.owners.length === 0 && ownership.field === undefined ? undefined : ownership;
}

interface OwnersProps {
  readonly topic: Topic;
  readonly set: (ownership: Ownership) => void;
}

function Owners({ topic, set }: OwnersProps) {
  const design = useWindowState(selectDesign);
  const { field, owners }: Ownership = topic.ownership ?? { owners: [] };
  const withField = (name: string | undefined) => (name === undefined ? {} : { field: name });
  const setOwners = (next: readonly Owner[]) => set({ ...withField(field), owners: [...next] });
  const free = freeServices(design, topic, owners);
  const types = typesOf(design, topic, field);
  const unowned = types.filter((type) => !owners.some((owner) => owner.types.includes(type)));
  return (
    <div className={css.rows}>
      <Select
        aria-label="Field that tells the type"
        value={field ?? ''}
        choices={[{ value: '', label: 'No field tells the type' }, ...fieldChoices(design, topic, field)]}
        onChoose={(name) => set({ ...withField(name === '' ? undefined : name), owners })}
      />
      {owners.map((owner) => (
        <OwnerRow
          key={owner.service}
          owner={owner}
          free={free}
          types={types}
          change={(next) => setOwners(owners.map((each) => (each === owner ? next : each)))}
          remove={() => setOwners(owners.filter((each) => each !== owner))}
        />
      ))}
      {unowned.length === 0 || owners.length === 0 ? null : (
        <p className={css.said}>Nobody writes {unowned.join(', ')} yet.</p>
      )}
      {free[0] === undefined ? null : (
        <Button
          size="sm"
          look="quiet"
          className={css.add}
          icon={<Plus size={13} aria-hidden="true" />}
          onClick={() => setOwners([...owners, { service: free[0]?.id ?? '', types: [] }])}
        >
          Add a writer
        </Button>
      )}
    </div>
  );
}

interface OwnerRowProps {
  readonly owner: Owner;
  readonly free: readonly { readonly id: string; readonly name: string }[];
  readonly types: readonly string[];
  readonly change: (owner: Owner) => void;
  readonly remove: () => void;
}

function OwnerRow({ owner, free, types, change, remove }: OwnerRowProps) {
  const name = useWindowState(
    (state) => indexDesign(selectDesign(state)).services.get(owner.service)?.name ?? owner.service,
  );
  const draft = useDraftValue(
    owner.types.join(', '),
    (text) => change({ ...owner, types: splitTypes(text) }),
    900,
  );
  return (
    <div className={css.owner}>
      <Select
        aria-label={`Writer ${name}`}
        value={owner.service}
        choices={[{ id: owner.service, name }, ...free].map((each) => ({ value: each.id, label: each.name }))}
        onChoose={(service) => change({ ...owner, service })}
      />
      <IconButton label={`Remove writer ${name}`} size="sm" onClick={remove}>
        <X size={14} aria-hidden="true" />
      </IconButton>
      <TextInput
        mono
        className={css.wide}
        aria-label={`Event types written by ${name}`}
        placeholder={types.length === 0 ? 'OrderPlaced, OrderPaid' : types.join(', ')}
        value={draft.text}
        onChange={(event) => draft.onChange(event.currentTarget.value)}
        onBlur={draft.flush}
        onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
      />
    </div>
  );
}

/** Event types as they are typed: one after the other, with commas or spaces between, each once. */
export function splitTypes(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((type) => type !== ''))];
}

/** The services one may add: those that the drawing shows writing the topic come first. */
function freeServices(design: Design, topic: Topic, owners: readonly Owner[]) {
  const writers = new Set(emittersOf(design, topic.id).map(({ id }) => id));
  return design.services
    .filter(({ id }) => !owners.some((owner) => owner.service === id))
    .toSorted((a, b) => Number(writers.has(b.id)) - Number(writers.has(a.id)));
}

function recordOf(design: Design, topic: Topic): Extract<Schema, { kind: 'record' }> | null {
  const { type } = topic.value;
  const schema =
    typeof type === 'object' && 'ref' in type ? indexDesign(design).schemas.get(type.ref) : undefined;
  return schema?.kind === 'record' ? schema : null;
}

function fieldChoices(design: Design, topic: Topic, current: string | undefined) {
  const names = recordOf(design, topic)?.fields.map(({ name }) => name) ?? [];
  const all = current === undefined || names.includes(current) ? names : [...names, current];
  return all.map((name) => ({ value: name, label: name }));
}

/** The event types there are, when an enumeration tells them. */
function typesOf(design: Design, topic: Topic, field: string | undefined): readonly string[] {
  const type = recordOf(design, topic)?.fields.find(({ name }) => name === field)?.type;
  const schema =
    typeof type === 'object' && 'ref' in type ? indexDesign(design).schemas.get(type.ref) : undefined;
  return schema?.kind === 'enum' ? schema.symbols : [];
}
