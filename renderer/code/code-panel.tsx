import { FileOutput } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { selectDesign, selectOnlySelected } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import css from './code-panel.module.css';
import { codeOf } from './code-preview.ts';
import { targetChoices } from './code-target.ts';
import { CodeViewer } from './code-viewer.tsx';
import { placeOf } from './file-of.ts';
import { FilesNav } from './files-nav.tsx';
import { RefusalList } from './refusal-list.tsx';

/** While one draws, code is made anew only after a pause. */
const pauseMs = 700;

/** The code that the design gives, file by file. */
export function CodePanel() {
  const { view } = codeOf(useWindow());
  const { target, files, problems, failure, working } = useStore(view);
  const hasContent = useWindowState(
    (state) => selectDesign(state).topics.length + selectDesign(state).services.length > 0,
  );
  useCode();
  return (
    <div className={css.panel}>
      <div className={css.toolbar} role="toolbar" aria-label="Code to generate">
        <Select
          small
          aria-label="Target"
          className={css.target}
          value={target}
          choices={targetChoices}
          onChoose={(chosen) => view.setState({ target: chosen, files: null, problems: [], chosen: null })}
        />
        <span className={css.state} role="status">
          {working && files !== null ? 'Updating …' : ''}
        </span>
        <Button
          size="sm"
          icon={<FileOutput size={13} aria-hidden="true" />}
          disabled={!hasContent}
          onClick={() => view.setState({ generateOpen: true })}
        >
          Generate …
        </Button>
      </div>
      <RefusalList problems={problems} failure={failure} stale={files !== null} />
      {files === null && problems.length === 0 && failure === null ? (
        hasContent ? (
          <Skeleton label="Generating the code" rows={6} />
        ) : (
          <EmptyState title="No code yet" text="Draw a topic or a service: the code it gives shows here." />
        )
      ) : null}
      {files === null ? null : <Files />}
    </div>
  );
}

function Files() {
  const window = useWindow();
  const { view } = codeOf(window);
  const { files, chosen } = useStore(view);
  const design = useWindowState(selectDesign);
  const selected = useWindowState(selectOnlySelected);
  const place = useMemo(
    () => (files === null || selected === null ? null : placeOf(design, files, selected)),
    [design, files, selected],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection is another wish than the file chosen before
  useEffect(() => view.setState({ chosen: null }), [view, selected]);
  if (files === null) {
    return null;
  }
  const known = chosen !== null && files.has(chosen) ? chosen : null;
  const path = known ?? place?.path ?? (files.has('README.md') ? 'README.md' : [...files.keys()][0]);
  const file = path === undefined ? undefined : files.get(path);
  return path === undefined || file === undefined ? (
    <EmptyState title="Nothing to generate" text="The design has nothing that this target makes files of." />
  ) : (
    <div className={css.files}>
      <FilesNav files={files} path={path} onChoose={(wanted) => view.setState({ chosen: wanted })} />
      <CodeViewer path={path} text={file.text} line={known === null ? (place?.line ?? null) : null} />
    </div>
  );
}

/** Makes the code of the present design for as long as the panel is open. */
function useCode(): void {
  const preview = codeOf(useWindow());
  const design = useWindowState(selectDesign);
  const target = useStore(preview.view, (state) => state.target);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another target is made anew
  useEffect(() => {
    const fresh = preview.view.getState().files === null;
    const timer = setTimeout(() => preview.make(design), fresh ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [preview, design, target]);
}
