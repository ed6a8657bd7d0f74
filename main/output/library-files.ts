import { spawn } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OutputError } from './output-error.ts';

const streamsFolder = fileURLToPath(new URL('../../streams', import.meta.url));

/**
 * The streams library as files for an export: package.json, README and what the compiler made of it, by path. It
 * travels inside the export until it is published. Compiles it first when that was not done yet.
 */
export async function readLibraryFiles(folder: string = streamsFolder): Promise<ReadonlyMap<string, string>> {
  const built = await newestChange(join(folder, 'dist'));
  const sources = Math.max(
    await newestChange(join(folder, 'src')),
    await newestChange(join(folder, 'testing')),
  );
  if (sources > built) await compile(folder);
  const files = new Map<string, string>();
  for (const path of await listFiles(join(folder, 'dist'))) {
    if (/\.(js|d\.ts)$/.test(path))
      files.set(`dist/${path}`, await readFile(join(folder, 'dist', path), 'utf8'));
  }
  files.set('package.json', await packageWithoutSources(folder));
  for (const name of ['README.md', 'LICENSE']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => null);
    if (text !== null) files.set(name, text);
  }
  return files;
}

async function newestChange(folder: string): Promise<number> {
  const times = await Promise.all(
    (await listFiles(folder)).map(async (path) => (await stat(join(folder, path))).mtimeMs),
  );
  return Math.max(0, ...times);
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

async function compile(folder: string): Promise<void> {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js');
  const child = spawn(process.execPath, [compiler, '-p', join(folder, 'tsconfig.json')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) {
    const first = said.split('\n')[0] ?? '';
    throw new OutputError(`The streams library does not compile, so it cannot travel in an export: ${first}`);
  }
}

/** In an export there is only what was compiled, so the way to the sources is left out. */
async function packageWithoutSources(folder: string): Promise<string> {
  const packageJson = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'), (key, value) =>
    key === 'millstream-source' ? undefined : value,
  );
  return `${JSON.stringify(packageJson, null, 2)}\n`;
}
