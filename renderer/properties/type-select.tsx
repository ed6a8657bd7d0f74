import type { TypeRef } from '#shared/design/types.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import { keyToType, typeChoices, typeToKey } from '../strings/type-words.ts';
import type { FieldIds } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';

interface TypeSelectProps {
  readonly ids: FieldIds;
  readonly value: TypeRef | undefined;
  readonly onChoose: (type: TypeRef) => void;
}

/** A type of a key or a value: a schema, a plain one, a list or a map. */
export function TypeSelect({ ids, value, onChoose }: TypeSelectProps) {
  const schemas = useWindowState((state) => selectDesign(state).schemas);
  const { choices, groups } = typeChoices(schemas, value);
  return (
    <Select
      id={ids.id}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.invalid}
      value={value === undefined ? '' : typeToKey(value)}
      choices={choices}
      groups={groups}
      onChoose={(key) => {
        const type = keyToType(key);
        if (type !== null) {
          onChoose(type);
        }
      }}
    />
  );
}
