import { mkdir, rm, writeFile } from 'node:fs/promises';
import { goldenDesigns } from './golden-designs.ts';
import { goldenFolder, goldenProject } from './golden-project.ts';

// Writes the golden projects again: node --conditions=millstream-source tools/codegen/renew-golden.ts
await rm(goldenFolder, { recursive: true, force: true });
for (const [name, design] of Object.entries(await goldenDesigns())) {
  const files = await goldenProject(design);
  for (const [path, { text }] of files) {
    const file = new URL(`${name}/${path}`, goldenFolder);
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, text);
  }
  console.log(`${name}: ${files.size} files`);
}
