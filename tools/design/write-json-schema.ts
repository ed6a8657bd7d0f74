import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { designJsonSchema } from '#shared/design/json-schema.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const path = `${root}docs/millstream-design.schema.json`;

writeFileSync(path, `${JSON.stringify(designJsonSchema(), null, 2)}\n`);
execFileSync(`${root}node_modules/.bin/biome`, ['format', '--write', path], { cwd: root, stdio: 'inherit' });
