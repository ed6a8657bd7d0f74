import { useWindow, useWindowState } from '../store/window-context.tsx';
import { StatusItem } from '../ui/status-item.tsx';

/** In the status bar: the file, and whether all is saved. */
export function SaveState() {
  const { files } = useWindow();
  const path = useWindowState((state) => state.document.file?.path ?? null);
  const state = useWindowState(({ document: { saving, conflict, dirty } }) =>
    saving ? 'Saving …' : conflict ? 'Changed on disk' : dirty ? 'Not saved' : 'Saved',
  );
  const dirty = state === 'Not saved' || state === 'Changed on disk';
  return (
    <>
      <StatusItem title={path ?? ''}>{path?.split(/[\\/]/).at(-1) ?? ''}</StatusItem>
      <StatusItem after="Save design" onPress={dirty ? () => void files.save() : undefined}>
        {state}
      </StatusItem>
    </>
  );
}
