import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { classNames } from '../../ui/class-names.ts';
import { useCanvasControl } from '../canvas-state.tsx';
import css from './node-name.module.css';

interface NodeNameProps {
  readonly id: string;
  readonly name: string;
  readonly className?: string | undefined;
}

/** The name of a node; Enter or a double click turns it into a field, in place. */
export function NodeName({ id, name, className }: NodeNameProps) {
  const { store } = useCanvasControl();
  const renaming = useStore(store, (state) => state.renaming === id);
  return renaming ? (
    <NameField id={id} name={name} />
  ) : (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter on the node does the same from the keyboard
    <span
      className={className}
      title={name}
      onDoubleClick={(event) => {
        event.stopPropagation();
        store.setState({ renaming: id });
      }}
    >
      {name}
    </span>
  );
}

function NameField({ id, name }: { readonly id: string; readonly name: string }) {
  const { store, rename } = useCanvasControl();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const finish = (text: string | null) => {
    store.setState({ renaming: null });
    field.current?.closest<HTMLElement>('.react-flow__node')?.focus();
    if (text !== null && text.trim() !== '' && text.trim() !== name) {
      rename(id, text.trim());
    }
  };
  return (
    <input
      ref={field}
      aria-label="Name"
      className={classNames(css.field, 'nodrag', 'nopan')}
      defaultValue={name}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') {
          event.currentTarget.blur();
        } else if (event.key === 'Escape') {
          event.currentTarget.value = name;
          event.currentTarget.blur();
        }
      }}
    />
  );
}
