import { useEffect, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { compileFilter } from '#shared/expressions/compile-filter.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { useInspector } from '../use-inspector.ts';
import css from './records-toolbar.module.css';

interface RecordFilterProps {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** A condition in CEL over a record; applied with Enter, or when one leaves the field. */
export function RecordFilter({ filter, onFilter }: RecordFilterProps) {
  const { tail } = useInspector();
  const [text, setText] = useState(filter);
  const id = useId();
  const failed = useStore(tail.view, (state) => state.filterError);
  useEffect(() => setText(filter), [filter]);
  const problem = useMemo(() => filterProblem(text), [text]);
  const said = problem ?? (text === filter && failed !== null ? `On a record: ${failed}` : null);
  const apply = () => {
    if (text !== filter && problem === null) {
      onFilter(text);
    }
  };
  return (
    <span className={css.filter}>
      <TextInput
        mono
        aria-label="Filter records"
        aria-invalid={said !== null}
        aria-describedby={said === null ? undefined : id}
        placeholder="CEL filter: value.quantity > 2"
        title="CEL over key, value, headers, partition, offset and timestamp. Enter applies it."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            apply();
          }
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation();
            setText('');
            onFilter('');
          }
        }}
      />
      {said === null ? null : (
        <p id={id} className={css.problem} role="alert">
          {said}
        </p>
      )}
    </span>
  );
}

/** What is wrong with a filter, in one sentence; null when nothing is. */
function filterProblem(text: string): string | null {
  if (text.trim() === '') {
    return null;
  }
  const compiled = compileFilter(text);
  return compiled.ok ? null : (compiled.error[0]?.message ?? 'The filter cannot be read.');
}
