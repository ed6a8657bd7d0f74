import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import type { FieldIds } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';

interface ReferenceSelectProps {
  readonly ids: FieldIds;
  readonly to: 'topic' | 'service' | 'external' | 'schema';
  readonly value: string | null;
  readonly onChoose: (id: string | null) => void;
}

const lists = { topic: 'topics', service: 'services', external: 'externals', schema: 'schemas' } as const;

/** Chooses something else of the design by its name. */
export function ReferenceSelect({ ids, to, value, onChoose }: ReferenceSelectProps) {
  const things: readonly { readonly id: string; readonly name: string }[] = useWindowState(
    (state) => selectDesign(state)[lists[to]],
  );
  const choices = [
    { value: '', label: 'Not chosen' },
    ...things
      .map(({ id, name }) => ({ value: id, label: name }))
      .toSorted((a, b) => a.label.localeCompare(b.label)),
  ];
  return (
    <Select
      id={ids.id}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.invalid}
      value={value ?? ''}
      choices={choices}
      onChoose={(id) => onChoose(id === '' ? null : id)}
    />
  );
}
