import { useState } from 'react';
import { useStore } from 'zustand';
import { emptyDesign } from '#shared/design/create.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { failureWords } from '../strings/host-errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { showToast } from '../ui/toast.tsx';
import { fileNameFor } from './file-name-for.ts';

/** Asks for the name of a new design, and where it will be saved. */
export function NewDesignDialog() {
  const { dialogs, files, client } = useWindow();
  const open = useStore(dialogs.asked, (state) => state.question === 'new');
  const host = useWindowState((state) => state.connection.host);
  const [name, setName] = useState('');
  const [path, setPath] = useState<string | null>(null);
  const shownPath = path ?? fileNameFor(name);
  const problem = shownPath.endsWith('.millstream.json')
    ? undefined
    : 'The file name ends in .millstream.json.';
  const ready = name.trim() !== '' && problem === undefined;

  const start = () => {
    dialogs.answer();
    files.create(shownPath, emptyDesign(name.trim()));
    setName('');
    setPath(null);
  };
  const pick = async () => {
    try {
      const picked = await client.designs.pick({ for: 'save' });
      setPath(picked.path);
    } catch (error) {
      showToast({ ...failureWords('Choosing a file', error), tone: 'error' });
    }
  };
  return (
    <Dialog
      open={open}
      title="New design"
      onClose={dialogs.answer}
      actions={
        <>
          <Button onClick={dialogs.answer}>Cancel</Button>
          <Button look="primary" disabled={!ready} onClick={start}>
            Start drawing
          </Button>
        </>
      }
    >
      <Field label="Name">
        {(ids) => (
          <TextInput
            id={ids.id}
            value={name}
            placeholder="Orders"
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => (event.key === 'Enter' && ready ? start() : undefined)}
          />
        )}
      </Field>
      <Field
        label="File"
        problem={problem}
        hint={`Written at the first save, under ${host?.folder ?? 'the host’s folder'}.`}
        after={
          host?.dialogs === true ? (
            <Button size="sm" look="quiet" onClick={() => void pick()}>
              Choose
            </Button>
          ) : null
        }
      >
        {(ids) => (
          <TextInput
            id={ids.id}
            mono
            value={shownPath}
            aria-invalid={ids.invalid}
            aria-describedby={ids.describedBy}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
