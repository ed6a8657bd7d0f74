import type { Schema } from '#shared/design/design.ts';
import { useWindow } from '../store/window-context.tsx';
import { commandProblemWords } from '../strings/command-problems.ts';
import { showToast } from '../ui/toast.tsx';

/** Changes a schema as a whole; `field` merges the typing in one field into one undo step. */
export function useChangeSchema(): (schema: Schema, field?: string) => void {
  const { edits, store } = useWindow();
  return (schema, field) => {
    const { design } = store.getState().document;
    const key = field === undefined ? undefined : `${schema.id}.${field}`;
    const problem = edits.apply([{ do: 'updateSchema', schema }], key);
    if (problem !== null && design !== null) {
      showToast({ title: commandProblemWords(design, problem), tone: 'error' });
    }
  };
}
