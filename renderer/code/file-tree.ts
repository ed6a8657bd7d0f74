export interface FolderNode {
  readonly name: string;
  readonly path: string;
  readonly folders: readonly FolderNode[];
  /** Whole paths. */
  readonly files: readonly string[];
}

/** Paths as folders in folders, sorted; a folder that only holds one folder is drawn with it, as `src/generated`. */
export function fileTree(paths: Iterable<string>): FolderNode {
  return folderOf('', '', [...paths].toSorted());
}

/** The folders that a file lies in, as the tree names them. */
export function foldersOf(tree: FolderNode, path: string): readonly string[] {
  const inside = tree.folders.find((folder) => path.startsWith(`${folder.path}/`));
  return inside === undefined ? [] : [inside.path, ...foldersOf(inside, path)];
}

function folderOf(name: string, path: string, paths: readonly string[]): FolderNode {
  const start = path === '' ? 0 : path.length + 1;
  const files = paths.filter((each) => !each.slice(start).includes('/'));
  const inFolders = Map.groupBy(
    paths.filter((each) => each.slice(start).includes('/')),
    (each) => each.slice(start, each.indexOf('/', start)),
  );
  const folders = [...inFolders].map(([own, within]) => {
    const made = folderOf(own, path === '' ? own : `${path}/${own}`, within);
    const [only, another] = made.folders;
    return only !== undefined && another === undefined && made.files.length === 0
      ? { ...only, name: `${own}/${only.name}` }
      : made;
  });
  return { name, path, folders, files };
}
