import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLibraryFiles } from '#main/output/library-files.ts';
import { writeOutput } from '#main/output/write-output.ts';
import { generate } from '#shared/codegen/generate.ts';
import { generatorVersion } from '#shared/codegen/generator-version.ts';
import { writeDesign } from '#shared/design/write-design.ts';
import { goldenDesigns } from '#tools/codegen/golden-designs.ts';
import { runOrThrow } from './fixtures/run-command.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millstream-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const designs = await goldenDesigns();

describe('an export installs, compiles and passes its own tests', () => {
  test.each(Object.keys(designs).filter((name) => name !== 'handlers'))('%s', async (name) => {
    await exportDesign(name);
    const said = await runOrThrow('npm', ['test'], { cwd: folder });
    expect(said).toMatch(/^(#|ℹ) pass [1-9]/m);
    expect(said).toMatch(/^(#|ℹ) fail 0$/m);
  });

  test('handlers, where the test names what is still to be written', async () => {
    await exportDesign('handlers');
    await expect(runOrThrow('npm', ['test'], { cwd: folder })).rejects.toThrow(
      'scoreOf is not written yet: write it in services/scorer/src/handlers/score-of.ts.',
    );
  });

  async function exportDesign(name: string): Promise<void> {
    const design = designs[name];
    if (design === undefined) throw new Error(`There is no golden design ${name}.`);
    const files = await generate(design, {
      target: 'typescript',
      generatorVersion,
      designFile: { name: 'design.millstream.json', text: writeDesign(design) },
      libraryFiles: () => readLibraryFiles(),
    });
    if (!files.ok) throw new Error(files.error[0]?.message);
    await writeOutput(folder, files.value);
    await runOrThrow('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  }
});
