import { Plus, X } from 'lucide-react';
import type { Field, Schema } from '#shared/design/design.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import { keyToType, typeChoices, typeToKey } from '../strings/type-words.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';
import css from './editor.module.css';
import { IdentifierInput } from './identifier-input.tsx';
import { useChangeSchema } from './use-change-schema.ts';

type RecordSchema = Extract<Schema, { kind: 'record' }>;

/** The fields of a record, one row each. */
export function RecordEditor({ schema }: { readonly schema: RecordSchema }) {
  const change = useChangeSchema();
  const set = (fields: readonly Field[], field?: string) => change({ ...schema, fields: [...fields] }, field);
  const add = () => {
    const taken = new Set(schema.fields.map(({ name }) => name));
    let count = schema.fields.length + 1;
    while (taken.has(`field${count}`)) {
      count += 1;
    }
    set([...schema.fields, { name: `field${count}`, type: 'string' }]);
  };
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Optional</th>
          <th scope="col">Note</th>
          <th scope="col">
            <span className="visually-hidden">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {schema.fields.map((field, index) => (
          <FieldRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a field is known by its place
            key={index}
            field={field}
            taken={schema.fields.filter((_, at) => at !== index).map(({ name }) => name)}
            change={(next, what) =>
              set(
                schema.fields.map((each, at) => (at === index ? next : each)),
                `${index}.${what}`,
              )
            }
            remove={() => set(schema.fields.filter((_, at) => at !== index))}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={5}>
            <Button size="sm" look="quiet" icon={<Plus size={13} aria-hidden="true" />} onClick={add}>
              Add a field
            </Button>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

interface FieldRowProps {
  readonly field: Field;
  readonly taken: readonly string[];
  readonly change: (field: Field, what: string) => void;
  readonly remove: () => void;
}

function FieldRow({ field, taken, change, remove }: FieldRowProps) {
  const schemas = useWindowState((state) => selectDesign(state).schemas);
  const { choices, groups } = typeChoices(schemas, field.type);
  const note = useDraftValue(field.note ?? '', (text) =>
    change(text === '' ? withoutNote(field) : { ...field, note: text }, 'note'),
  );
  return (
    <tr>
      <td>
        <IdentifierInput
          label={`Name of field ${field.name}`}
          value={field.name}
          taken={taken}
          onCommit={(name) => change({ ...field, name }, 'name')}
        />
      </td>
      <td>
        <Select
          aria-label={`Type of ${field.name}`}
          value={typeToKey(field.type)}
          choices={choices}
          groups={groups}
          onChoose={(key) => change({ ...field, type: keyToType(key) ?? field.type }, 'type')}
        />
      </td>
      <td className={css.check}>
        <input
          type="checkbox"
          aria-label={`${field.name} is optional`}
          checked={field.optional ?? false}
          onChange={(event) =>
            change(
              event.currentTarget.checked ? { ...field, optional: true } : withoutOptional(field),
              'optional',
            )
          }
        />
      </td>
      <td>
        <TextInput
          aria-label={`Note on ${field.name}`}
          value={note.text}
          onChange={(event) => note.onChange(event.currentTarget.value)}
          onBlur={note.flush}
        />
      </td>
      <td>
        <IconButton label={`Remove field ${field.name}`} size="sm" onClick={remove}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </td>
    </tr>
  );
}

function withoutNote({ note: _note, ...field }: Field): Field {
  return field;
}

function withoutOptional({ optional: _optional, ...field }: Field): Field {
  return field;
}
