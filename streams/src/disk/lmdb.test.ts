import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs a program in a process of its own, where LMDB can be missing. `at` is a module of the library. */
function run(program: string): string {
  const base = JSON.stringify(new URL('../', import.meta.url).href);
  const source = `
    import Module, { createRequire } from 'node:module';
    const at = (path) => import(new URL(path, ${base}).href);
    const loaded = () => Object.keys(createRequire(${base}).cache).filter((file) => file.includes('/lmdb/'));
    ${program}`;
  const options = { encoding: 'utf8' } as const;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', source], options).trim();
}

test('a platform without LMDB is told in one sentence what to do', () => {
  const message = run(`
    const load = Module._load;
    Module._load = (name, ...rest) => {
      if (name === 'lmdb') throw new Error('No native build was found for platform=sunos\\n    loaded from: here');
      return load(name, ...rest);
    };
    const { loadLmdb } = await at('disk/lmdb.ts');
    try { loadLmdb(); } catch (error) { console.log(error.name + ': ' + error.message); }
  `);
  expect(message).toBe(
    'StreamsConfigError: Stores cannot be kept on disk, because LMDB does not load on this platform (No native ' +
      'build was found for platform=sunos); leave stateDir out to keep them in memory.',
  );
});

test('LMDB is not loaded before a store is kept on disk', () => {
  const found = run(`
    await at('index.ts');
    console.log(loaded().length);
    (await at('disk/lmdb.ts')).loadLmdb();
    console.log(loaded().length > 0);
  `);
  expect(found.split('\n')).toEqual(['0', 'true']);
});
