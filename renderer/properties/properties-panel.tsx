import { MousePointerClick, SquareDashedMousePointer } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import type { Design } from '#shared/design/design.ts';
import { type OperatorKind, type OperatorOf, operatorRegistry } from '#shared/design/operators/registry.ts';
import { indexDesign, type PlacedOperator } from '#shared/design/queries/index-design.ts';
import { selectDesign, selectOnlySelected } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { commandProblemWords } from '../strings/command-problems.ts';
import { counted } from '../strings/counts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ConnectorGlyph, NoteGlyph, ServiceGlyph, TopicGlyph } from '../ui/kafka-glyphs.tsx';
import { operatorGlyphs } from '../ui/operator-glyphs.ts';
import { PanelHeader } from '../ui/panel-header.tsx';
import { Section } from '../ui/section.tsx';
import { DesignProperties } from './design-properties.tsx';
import { Feeds } from './feeds.tsx';
import type { FieldSpec, FormGroup } from './field-spec.ts';
import { Form } from './form.tsx';
import { operatorForms } from './operator-forms.ts';
import { externalForm, noteForm, serviceForm } from './other-forms.ts';
import { Ownership } from './ownership.tsx';
import css from './properties-panel.module.css';
import { RequestProperties } from './request-properties.tsx';
import { topicForm } from './topic-form.ts';

/** What is selected, as forms. */
export function PropertiesPanel() {
  const design = useWindowState(selectDesign);
  const id = useWindowState(selectOnlySelected);
  const count = useWindowState((state) => state.view.selection.length);
  if (id === null) {
    return count === 0 ? <DesignProperties /> : <SeveralSelected count={count} />;
  }
  return <PropertiesOf key={id} id={id} design={design} />;
}

function SeveralSelected({ count }: { readonly count: number }) {
  return (
    <>
      <PanelHeader title={`${counted(count, 'thing')} selected`} />
      <EmptyState
        icon={<SquareDashedMousePointer size={22} aria-hidden="true" />}
        title="Several are selected"
        text="Move, copy, duplicate or remove them together. Select one to change it."
      />
    </>
  );
}

/** The canvas calls a request’s line so. */
const requestEdge = 'request:';

function PropertiesOf({ id, design }: { readonly id: string; readonly design: Design }) {
  const { topics, services, externals, notes, operators, requests } = indexDesign(design);
  const topic = topics.get(id);
  if (topic !== undefined) {
    return (
      <Shown title={topic.name} icon={<TopicGlyph size={16} />}>
        <Groups
          id={id}
          thing={topic}
          groups={topicForm}
          command={({ id: _, ...changes }) => ({ do: 'updateTopic', topic: id, changes })}
        />
        <Ownership topic={topic} />
        <Feeds into={{ topic: id }} />
      </Shown>
    );
  }
  const service = services.get(id);
  if (service !== undefined) {
    return (
      <Shown title={service.name} icon={<ServiceGlyph size={16} />}>
        <Groups
          id={id}
          thing={service}
          groups={serviceForm}
          command={({ id: _, operators: _operators, wires: _wires, ...changes }) => ({
            do: 'updateService',
            service: id,
            changes,
          })}
        />
      </Shown>
    );
  }
  const external = externals.get(id);
  if (external !== undefined) {
    return (
      <Shown title={external.name} icon={<ConnectorGlyph size={16} />}>
        <Groups
          id={id}
          thing={external}
          groups={externalForm}
          command={({ id: _, ...changes }) => ({ do: 'updateExternal', external: id, changes })}
        />
      </Shown>
    );
  }
  const note = notes.get(id);
  if (note !== undefined) {
    return (
      <Shown title="Note" icon={<NoteGlyph size={16} />}>
        <Groups
          id={id}
          thing={note}
          groups={noteForm}
          command={(next) => ({ do: 'updateNote', note: next })}
        />
      </Shown>
    );
  }
  const request = requests.get(id.startsWith(requestEdge) ? id.slice(requestEdge.length) : '');
  if (request !== undefined) {
    return <RequestProperties request={request} />;
  }
  const placed = operators.get(id);
  return placed === undefined ? <NothingToSet /> : <OperatorProperties placed={placed} />;
}

function NothingToSet() {
  return (
    <>
      <PanelHeader title="Line" />
      <EmptyState
        icon={<MousePointerClick size={22} aria-hidden="true" />}
        title="A line has nothing to set"
        text="Press Delete to take it away, or select what it leads from or to."
      />
    </>
  );
}

function OperatorProperties({ placed: { operator, service } }: { readonly placed: PlacedOperator }) {
  const { title, summary } = operatorRegistry[operator.kind];
  const OperatorGlyph = operatorGlyphs[operator.kind];
  return (
    <Shown title={operator.name} icon={<OperatorGlyph size={16} />}>
      <p className={css.summary}>
        {title} in {service.name}. {summary}
      </p>
      <OperatorGroups operator={operator} />
      {operator.kind === 'httpWrite' ? <Feeds into={{ gateway: operator.id }} /> : null}
    </Shown>
  );
}

function OperatorGroups<K extends OperatorKind>({ operator }: { readonly operator: OperatorOf<K> }) {
  const { title } = operatorRegistry[operator.kind];
  const own: readonly FieldSpec<OperatorOf<K>>[] = operatorForms[operator.kind as K];
  const fields = useMemo(() => [nameField<OperatorOf<K>>(), ...own, noteField<OperatorOf<K>>()], [own]);
  return (
    <Groups
      id={operator.id}
      thing={operator}
      groups={[{ title, fields }]}
      command={(next) => ({ do: 'updateOperator', operator: withoutEmpty(next) })}
    />
  );
}

/** A field that is emptied is left out of the file. */
function withoutEmpty<T extends object>(thing: T): T {
  // Only fields that may be absent are ever emptied by a form.
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as T;
}

function nameField<T extends { readonly name: string }>(): FieldSpec<T> {
  return {
    control: 'text',
    field: 'name',
    label: 'Name',
    read: (thing) => thing.name,
    write: (thing, name) => (name.trim() === '' ? thing : { ...thing, name }),
  };
}

function noteField<T extends { readonly note?: string | undefined }>(): FieldSpec<T> {
  return {
    control: 'longText',
    field: 'note',
    label: 'Note',
    read: (thing) => thing.note ?? '',
    write: (thing, note) => ({ ...thing, note: note === '' ? undefined : note }),
  };
}

interface ShownProps {
  readonly title: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

function Shown({ title, icon, children }: ShownProps) {
  return (
    <>
      <PanelHeader title={title} icon={icon} />
      <div className={css.body}>{children}</div>
    </>
  );
}

interface GroupsProps<T> {
  readonly id: string;
  readonly thing: T;
  readonly groups: readonly FormGroup<T>[];
  readonly command: (thing: T) => SingleCommand;
}

function Groups<T>({ id, thing, groups, command }: GroupsProps<T>) {
  const { edits, store } = useWindow();
  const all = useWindowState((state) => state.document.diagnostics);
  const diagnostics = useMemo(() => all.filter((each) => each.where.id === id), [all, id]);
  const change = (next: T, field: string): string | null => {
    const { design } = store.getState().document;
    if (next === thing || design === null) {
      return null;
    }
    const problem = edits.apply([command(next)], `${id}.${field}`);
    return problem === null ? null : commandProblemWords(design, problem);
  };
  return groups
    .filter((group) => group.when?.(thing) ?? true)
    .map((group) => (
      <Section key={group.title} title={group.title} startsOpen={group.startsOpen ?? true}>
        <Form id={id} thing={thing} fields={group.fields} diagnostics={diagnostics} onChange={change} />
      </Section>
    ));
}
