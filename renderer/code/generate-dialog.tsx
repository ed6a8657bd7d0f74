import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { counted } from '../strings/counts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { codeOf } from './code-preview.ts';
import { targetChoices } from './code-target.ts';
import css from './generate-dialog.module.css';
import { useGenerate } from './use-generate.ts';
import { WrittenFiles } from './written-files.tsx';

/** Writes the code to a folder, after showing what would change there. */
export function GenerateDialog() {
  const { view } = codeOf(useWindow());
  const open = useStore(view, (state) => state.generateOpen);
  return open ? <OpenDialog onClose={() => view.setState({ generateOpen: false })} /> : null;
}

function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = useWindow();
  const { view } = codeOf(useWindow());
  const first = useStore(view, (state) => state.target);
  const hasDialogs = useWindowState((state) => state.connection.host?.dialogs ?? false);
  const generate = useGenerate(first);
  const { target, folder, outcome, busy, problems } = generate;
  const changes = useMemo(
    () => outcome?.files.filter(({ status }) => status !== 'unchanged' && status !== 'orphaned').length ?? 0,
    [outcome],
  );
  const choose = async () => {
    const { path } = await client.designs.pick({ for: 'folder' });
    if (path !== null) {
      generate.setFolder(path);
    }
  };
  const written = outcome?.written === true;
  return (
    <Dialog
      open
      title={written ? 'The code is written' : 'Generate code'}
      onClose={onClose}
      description={
        written
          ? outcome.folder
          : 'First see what would change. Files you have edited by hand are never written over.'
      }
      actions={
        written ? (
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button disabled={busy || folder.trim() === ''} onClick={() => void generate.run(true)}>
              {busy && outcome === null ? 'Looking …' : 'Show what changes'}
            </Button>
            <Button
              look="primary"
              disabled={busy || outcome === null || changes === 0}
              onClick={() => void generate.run(false)}
            >
              {outcome === null
                ? 'Write files'
                : changes === 0
                  ? 'Nothing to write'
                  : `Write ${counted(changes, 'file')}`}
            </Button>
          </>
        )
      }
    >
      {written ? null : (
        <div className={css.fields}>
          <Field label="Target">
            {({ id }) => (
              <Select id={id} value={target} choices={targetChoices} onChoose={generate.setTarget} />
            )}
          </Field>
          <Field
            label="Folder"
            hint="An empty folder, one that is not there yet, or one that was generated before."
            after={
              hasDialogs ? (
                <Button size="sm" look="quiet" onClick={() => void choose()}>
                  Choose …
                </Button>
              ) : null
            }
          >
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                mono
                value={folder}
                onChange={(event) => generate.setFolder(event.currentTarget.value)}
                onKeyDown={(event) => (event.key === 'Enter' ? void generate.run(true) : undefined)}
              />
            )}
          </Field>
        </div>
      )}
      {problems.length === 0 ? null : (
        <ul className={css.problems} role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {outcome === null ? null : <WrittenFiles files={outcome.files} written={written} />}
    </Dialog>
  );
}
