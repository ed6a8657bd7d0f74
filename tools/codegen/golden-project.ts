import type { FileMap } from '#shared/codegen/file-map.ts';
import { generate } from '#shared/codegen/generate.ts';
import { manifestPath } from '#shared/codegen/manifest.ts';
import type { Design } from '#shared/design/design.ts';
import { writeDesign } from '#shared/design/write-design.ts';

export const goldenFolder = new URL('../../shared/codegen/golden/', import.meta.url);

/**
 * A project as it is kept: without the library, which has tests of its own, and without the manifest, which only
 * sums up the other files.
 */
export async function goldenProject(design: Design): Promise<FileMap> {
  const files = await generate(design, {
    target: 'typescript',
    generatorVersion: '0.0.0',
    designFile: { name: 'design.millstream.json', text: writeDesign(design) },
    libraryFiles: () => Promise.resolve(new Map()),
  });
  if (!files.ok) throw new Error(files.error.map(({ message }) => message).join('\n'));
  return new Map([...files.value].filter(([path]) => path !== manifestPath));
}
