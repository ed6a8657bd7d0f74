import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type SourceFiles = Readonly<Record<string, string>>;

const root = path.resolve(import.meta.dirname, '../..');
const COPIED = ['package.json', '.dependency-cruiser.cjs', 'tsconfig.base.json', 'streams/package.json'];

/** Makes a small tree with the layout and rules of this repository, and packages that are only names. */
export function plantTree(files: SourceFiles, packages: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'millstream-tree-'));
  for (const file of COPIED) cpSync(path.join(root, file), path.join(folder, file));
  for (const name of packages) {
    const home = `node_modules/${name}`;
    write(folder, `${home}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(folder, `${home}/index.js`, 'module.exports = {};\n');
  }
  mkdirSync(path.join(folder, 'node_modules/@millstream'), { recursive: true });
  symlinkSync('../../streams', path.join(folder, 'node_modules/@millstream/streams'));
  for (const [file, source] of Object.entries(files)) write(folder, file, `${source}\nexport {};\n`);
  return folder;
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}
