import { Braces, List, Plus, Trash2 } from 'lucide-react';
import { newId } from '#shared/design/create.ts';
import type { Schema } from '#shared/design/design.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { commandProblemWords } from '../strings/command-problems.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import { EnumEditor } from './enum-editor.tsx';
import { RecordEditor } from './record-editor.tsx';
import { SchemaName } from './schema-name.tsx';
import css from './schemas-panel.module.css';

/** The record types and enumerations of the design: a list, and the one that is chosen as a table. */
export function SchemasPanel() {
  const schemas = useWindowState((state) => selectDesign(state).schemas);
  const wanted = useWindowState((state) => state.view.schema);
  const chosen = schemas.find((schema) => schema.id === wanted) ?? schemas[0];
  const add = useAddSchema();
  if (chosen === undefined) {
    return (
      <EmptyState
        icon={<Braces size={22} aria-hidden="true" />}
        title="No schemas yet"
        text="A schema says what keys and values are made of; expressions are checked against it."
        action={
          <Button look="primary" onClick={() => add('record')}>
            Add a record
          </Button>
        }
      />
    );
  }
  return (
    <div className={css.panel}>
      <SchemaList schemas={schemas} chosen={chosen.id} add={add} />
      <section key={chosen.id} className={css.editor} aria-label={`Schema ${chosen.name}`}>
        <EditorHead schema={chosen} />
        {chosen.kind === 'record' ? <RecordEditor schema={chosen} /> : <EnumEditor schema={chosen} />}
      </section>
    </div>
  );
}

interface SchemaListProps {
  readonly schemas: readonly Schema[];
  readonly chosen: string;
  readonly add: (kind: Schema['kind']) => void;
}

function SchemaList({ schemas, chosen, add }: SchemaListProps) {
  const { view } = useWindow();
  return (
    <div className={css.side}>
      <div className={css.add}>
        <Menu
          label="Add a schema"
          trigger={
            <button type="button" className={css.addButton}>
              <Plus size={14} aria-hidden="true" /> Add a schema
            </button>
          }
          entries={[
            { id: 'record', label: 'Record', icon: <Braces size={14} />, run: () => add('record') },
            { id: 'enum', label: 'Enumeration', icon: <List size={14} />, run: () => add('enum') },
          ]}
        />
      </div>
      <ul className={css.list} aria-label="Schemas">
        {schemas.map((schema) => (
          <li key={schema.id}>
            <button
              type="button"
              aria-current={schema.id === chosen ? 'true' : undefined}
              className={classNames(css.entry, schema.id === chosen && css.chosen)}
              onClick={() => view.showSchema(schema.id)}
            >
              {schema.kind === 'record' ? (
                <Braces size={14} aria-hidden="true" />
              ) : (
                <List size={14} aria-hidden="true" />
              )}
              <span className={css.name}>{schema.name}</span>
              <span className={css.count}>
                {schema.kind === 'record' ? schema.fields.length : schema.symbols.length}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function EditorHead({ schema }: { readonly schema: Schema }) {
  const { edits, view } = useWindow();
  const design = useWindowState(selectDesign);
  const remove = () => {
    const problem = edits.apply([{ do: 'removeSchema', schema: schema.id }]);
    if (problem === null) {
      view.showSchema(null);
    } else {
      showToast({ title: commandProblemWords(design, problem), tone: 'error' });
    }
  };
  return (
    <header className={css.head}>
      <SchemaName schema={schema} />
      <span className={css.kind}>{schema.kind === 'record' ? 'Record' : 'Enumeration'}</span>
      <span className={css.gap} />
      <IconButton label={`Remove schema ${schema.name}`} size="sm" onClick={remove}>
        <Trash2 size={14} aria-hidden="true" />
      </IconButton>
    </header>
  );
}

function useAddSchema(): (kind: Schema['kind']) => void {
  const { edits, view } = useWindow();
  const design = useWindowState(selectDesign);
  return (kind) => {
    const id = newId(design, kind === 'record' ? 'new-record' : 'new-enum');
    const name = freeTypeName(design.schemas, kind === 'record' ? 'NewRecord' : 'NewEnum');
    const schema: Schema =
      kind === 'record'
        ? { id, name, kind, fields: [{ name: 'id', type: 'string' }] }
        : { id, name, kind, symbols: ['FIRST'] };
    if (edits.apply([{ do: 'addSchema', schema }]) === null) {
      view.showSchema(id);
    }
  };
}

function freeTypeName(schemas: readonly Schema[], base: string): string {
  const taken = new Set(schemas.map((schema) => schema.name));
  let name = base;
  for (let count = 2; taken.has(name); count += 1) {
    name = `${base}${count}`;
  }
  return name;
}
