import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FolderNode, fileTree, foldersOf } from './file-tree.ts';

test('a folder that only holds a folder is drawn with it', () => {
  const tree = fileTree(['services/a/src/main.ts', 'services/a/package.json', 'tools/lib/x.ts', 'README.md']);
  expect(tree.files).toEqual(['README.md']);
  expect(tree.folders.map(({ name, path }) => [name, path])).toEqual([
    ['services/a', 'services/a'],
    ['tools/lib', 'tools/lib'],
  ]);
  expect(foldersOf(tree, 'services/a/src/main.ts')).toEqual(['services/a', 'services/a/src']);
});

test('every path is in the tree once', () => {
  const name = fc.stringMatching(/^[a-c]{1,2}$/);
  const folders = fc.array(fc.array(name, { minLength: 1, maxLength: 4 }), { maxLength: 20 });
  fc.assert(
    fc.property(folders, (some) => {
      const paths = [...new Set(some.map((parts) => `${parts.join('/')}.ts`))].toSorted();
      const all = (node: FolderNode): string[] => [...node.files, ...node.folders.flatMap(all)];
      expect(all(fileTree(paths)).toSorted()).toEqual(paths);
    }),
  );
});
