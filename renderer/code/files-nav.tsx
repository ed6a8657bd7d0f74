import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { type FolderNode, fileTree, foldersOf } from './file-tree.ts';
import css from './files-nav.module.css';
import type { CodeFile } from './generate-worker.ts';

interface FilesNavProps {
  readonly files: ReadonlyMap<string, CodeFile>;
  readonly path: string;
  readonly onChoose: (path: string) => void;
}

/** The generated files in their folders; the folders of the file that is shown stand open. */
export function FilesNav({ files, path, onChoose }: FilesNavProps) {
  const tree = useMemo(() => fileTree(files.keys()), [files]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    setOpen((before) => new Set([...before, ...foldersOf(tree, path)]));
  }, [tree, path]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: brings another file into view, once its folder is open
  useEffect(() => {
    // Newer browsers give a promise here, which is no way to clean an effect up.
    void current.current?.scrollIntoView({ block: 'nearest' });
  }, [path, open]);
  const toggle = (folder: string) => {
    const next = new Set(open);
    if (!next.delete(folder)) {
      next.add(folder);
    }
    setOpen(next);
  };
  const row = (depth: number) => ({ paddingLeft: 8 + depth * 12 });
  const folder = (node: FolderNode, depth: number) => (
    <ul key={node.path}>
      {node.folders.map((each) => (
        <li key={each.path}>
          <button
            type="button"
            aria-expanded={open.has(each.path)}
            className={css.row}
            style={row(depth)}
            onClick={() => toggle(each.path)}
          >
            <ChevronRight
              size={12}
              aria-hidden="true"
              className={classNames(css.sign, open.has(each.path) && css.turned)}
            />
            {each.name}
          </button>
          {open.has(each.path) ? folder(each, depth + 1) : null}
        </li>
      ))}
      {node.files.map((each) => (
        <li key={each}>
          <button
            type="button"
            ref={each === path ? current : undefined}
            aria-current={each === path ? 'true' : undefined}
            className={classNames(css.row, css.file, each === path && css.current)}
            style={row(depth)}
            title={files.get(each)?.ownership === 'once' ? `${each}: written once, then yours` : each}
            onClick={() => onChoose(each)}
          >
            {each.slice(each.lastIndexOf('/') + 1)}
            {files.get(each)?.ownership === 'once' ? <span className={css.yours}>yours</span> : null}
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <nav className={css.nav} aria-label="Generated files">
      {folder(tree, 0)}
    </nav>
  );
}
