import { z } from 'zod';
import { type FileMap, type GeneratedFile, toFileMap } from './file-map.ts';
import { sha256 } from './sha256.ts';

export const manifestPath = '.millstream/manifest.json';

/**
 * What was written, kept beside it: by its sums a later run tells what a person has edited since. `sha256` is the
 * sum of the text as it was generated, even where the person's own version stands.
 */
export const Manifest = z.strictObject({
  format: z.literal('millstream-output'),
  version: z.literal(1),
  generator: z.string(),
  target: z.string(),
  design: z.strictObject({ name: z.string(), sha256: z.string() }),
  files: z.record(
    z.string(),
    z.strictObject({ sha256: z.string(), ownership: z.enum(['generated', 'once']) }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** The files with their manifest among them. */
export function withManifest(
  files: FileMap,
  about: Pick<Manifest, 'generator' | 'target' | 'design'>,
): FileMap {
  const manifest: Manifest = {
    format: 'millstream-output',
    version: 1,
    ...about,
    files: Object.fromEntries([...files].map(([path, file]) => [path, summaryOf(file)])),
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  return toFileMap([...files, [manifestPath, { text, ownership: 'generated' }]]);
}

function summaryOf(file: GeneratedFile): Manifest['files'][string] {
  return { sha256: sha256(file.text), ownership: file.ownership };
}
