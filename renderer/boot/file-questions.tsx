import { useStore } from 'zustand';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

const conflictWords =
  'Reading it again gives up your changes here; overwriting gives up the other program’s.';

/** The questions about a file that only a person can answer. */
export function FileQuestions() {
  return (
    <>
      <RecoverQuestion />
      <ConflictQuestion />
      <CloseQuestion />
    </>
  );
}

function RecoverQuestion() {
  const { files } = useWindow();
  const waiting = useWindowState((state) => state.document.recovered !== null);
  const path = useWindowState((state) => state.document.file?.path ?? '');
  return (
    <Dialog
      open={waiting}
      title="Take back unsaved changes?"
      description={`Changes to ${path} were not saved before Millstream ended last time. They were kept.`}
      onClose={files.takeRecovered}
      actions={
        <>
          <Button onClick={files.dropRecovered}>Drop them</Button>
          <Button look="primary" onClick={files.takeRecovered}>
            Take them back
          </Button>
        </>
      }
    />
  );
}

function ConflictQuestion() {
  const { files, store } = useWindow();
  const conflict = useWindowState((state) => state.document.conflict);
  const path = useWindowState((state) => state.document.file?.path ?? '');
  const later = () => store.setState((state) => ({ document: { ...state.document, conflict: false } }));
  return (
    <Dialog
      open={conflict}
      title="The file was changed by another program"
      description={`${path} is no longer as it was opened. ${conflictWords}`}
      onClose={later}
      actions={
        <>
          <Button look="quiet" onClick={later}>
            Decide later
          </Button>
          <Button onClick={() => void files.reload()}>Read it again</Button>
          <Button look="danger" onClick={() => void files.overwrite()}>
            Overwrite
          </Button>
        </>
      }
    />
  );
}

function CloseQuestion() {
  const { dialogs, files } = useWindow();
  const open = useStore(dialogs.asked, (state) => state.question === 'close');
  const saveAndClose = async () => {
    dialogs.answer();
    if (await files.save()) {
      files.close();
    }
  };
  return (
    <Dialog
      open={open}
      title="Save changes before closing?"
      description="Without saving, the changes since the last save are lost."
      onClose={dialogs.answer}
      actions={
        <>
          <Button look="quiet" onClick={dialogs.answer}>
            Keep editing
          </Button>
          <Button
            look="danger"
            onClick={() => {
              dialogs.answer();
              files.dropRecovered();
              files.close();
            }}
          >
            Close without saving
          </Button>
          <Button look="primary" onClick={() => void saveAndClose()}>
            Save and close
          </Button>
        </>
      }
    />
  );
}
