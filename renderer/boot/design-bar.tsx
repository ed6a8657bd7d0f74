import {
  Maximize,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Redo2,
  Save,
  Search,
  Undo2,
  Workflow,
} from 'lucide-react';
import { selectDesignName, selectIsDirty, selectPropertiesOpen } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { historyWords } from '../strings/command-words.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import css from './design-bar.module.css';

/** The line above the drawing: what is open, and what one does with the whole of it. */
export function DesignBar() {
  return (
    <div className={css.bar} role="toolbar" aria-label="Design">
      <Title />
      <History />
      <span className={css.gap} />
      <FindButton />
      <span className={css.gap} />
      <Arrange />
      <span className={css.line} />
      <PanelToggles />
    </div>
  );
}

function Title() {
  const { files } = useWindow();
  const name = useWindowState(selectDesignName);
  const dirty = useWindowState(selectIsDirty);
  return (
    <>
      <h1 className={css.name}>{name}</h1>
      <IconButton
        label={dirty ? 'Save changes' : 'All changes are saved'}
        keys="mod+s"
        disabled={!dirty}
        onClick={() => void files.save()}
      >
        <Save size={16} aria-hidden="true" />
        {dirty ? <span className={css.dot} /> : null}
      </IconButton>
    </>
  );
}

function History() {
  const { edits } = useWindow();
  const undoes = useWindowState((state) => state.document.undoTitle);
  const redoes = useWindowState((state) => state.document.redoTitle);
  return (
    <>
      <IconButton
        label="Undo"
        hint={undoes === null ? undefined : `Undo ${historyWords(undoes)}`}
        keys="mod+z"
        disabled={undoes === null}
        onClick={edits.undo}
      >
        <Undo2 size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Redo"
        hint={redoes === null ? undefined : `Redo ${historyWords(redoes)}`}
        keys="mod+shift+z"
        disabled={redoes === null}
        onClick={edits.redo}
      >
        <Redo2 size={16} aria-hidden="true" />
      </IconButton>
    </>
  );
}

function FindButton() {
  const { view } = useWindow();
  return (
    <button type="button" className={css.find} onClick={() => view.openOverlay('find')}>
      <Search size={14} aria-hidden="true" />
      <span className={css.findText}>Find by name</span>
      <KeyHint keys="mod+p" />
    </button>
  );
}

function Arrange() {
  const { view } = useWindow();
  return (
    <>
      <IconButton label="Arrange" keys="mod+shift+l" onClick={() => view.wishOfCanvas({ do: 'arrange' })}>
        <Workflow size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label="Fit the drawing" keys="mod+0" onClick={() => view.wishOfCanvas({ do: 'fit' })}>
        <Maximize size={16} aria-hidden="true" />
      </IconButton>
    </>
  );
}

function PanelToggles() {
  const { view } = useWindow();
  const panels = useWindowState((state) => state.view.panels);
  const properties = useWindowState(selectPropertiesOpen);
  return (
    <>
      <IconButton
        label="Side panel"
        keys="mod+b"
        pressed={panels.side}
        className={css.toggle ?? ''}
        onClick={() => view.setPanels({ side: !panels.side })}
      >
        <PanelLeft size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Bottom panel"
        keys="mod+j"
        pressed={panels.bottom}
        className={css.toggle ?? ''}
        onClick={() => view.setPanels({ bottom: !panels.bottom })}
      >
        <PanelBottom size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Properties panel"
        keys="mod+alt+b"
        pressed={properties}
        className={css.toggle ?? ''}
        onClick={() => view.setPanels({ properties: !properties })}
      >
        <PanelRight size={16} aria-hidden="true" />
      </IconButton>
    </>
  );
}
