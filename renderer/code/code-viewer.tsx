import { Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import css from './code-viewer.module.css';
import type { CodeEditor } from './monaco-viewer.ts';

interface CodeViewerProps {
  readonly path: string;
  readonly text: string;
  /** The line to bring into view, from 1; null: the beginning. */
  readonly line: number | null;
}

/** A file to read. The editor is loaded with the first one. */
export function CodeViewer({ path, text, line }: CodeViewerProps) {
  return (
    <section className={css.viewer} aria-label={`Text of ${path}`}>
      <header className={css.head}>
        <span className={css.path}>{path}</span>
        <IconButton label="Copy the file" size="sm" onClick={() => void copyFile(text)}>
          <Copy size={13} aria-hidden="true" />
        </IconButton>
      </header>
      <Editor path={path} text={text} line={line} />
    </section>
  );
}

function Editor({ path, text, line }: CodeViewerProps) {
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` loads it anew after a failure
  useEffect(() => {
    let made: CodeEditor | null = null;
    let gone = false;
    setProblem(null);
    import('./monaco-viewer.ts')
      .then(({ createCodeEditor }) => {
        if (!gone && place.current !== null) {
          made = createCodeEditor(place.current);
          setEditor(made);
        }
      })
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [turn]);
  useEffect(() => {
    editor?.show({ path, text, line });
  }, [editor, path, text, line]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours are read from the page
  useEffect(() => {
    editor?.recolour();
  }, [editor, theme]);
  return (
    <div className={css.body}>
      {/* React Flow leaves the keys of what is inside `nokey` alone. */}
      <div ref={place} className={`nokey ${css.editor}`} />
      {editor === null && problem === null ? <Skeleton label="Loading the viewer" rows={6} /> : null}
      {problem === null ? null : (
        <div className={css.plain}>
          <p role="alert">
            The viewer could not be loaded: {problem}{' '}
            <Button size="sm" onClick={() => setTurn(turn + 1)}>
              Try again
            </Button>
          </p>
          <pre>{text}</pre>
        </div>
      )}
    </div>
  );
}

/** Which colours the page has now, by name; changes with the choice and with the system. */
function useTheme(): string {
  const chosen = useWindowState((state) => state.view.theme);
  const [shown, setShown] = useState('');
  useEffect(() => {
    const root = document.documentElement;
    const read = () => setShown(`${root.dataset.theme ?? ''}`);
    const watcher = new MutationObserver(read);
    watcher.observe(root, { attributes: true, attributeFilter: ['data-theme'] });
    read();
    return () => watcher.disconnect();
  }, []);
  return `${chosen} ${shown}`;
}

async function copyFile(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ title: 'The file was copied.' });
  } catch {
    showToast({
      title: 'The file was not copied',
      text: 'This window may not write to the clipboard. Select the text and copy it.',
      tone: 'error',
    });
  }
}
