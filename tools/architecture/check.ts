import path from 'node:path';
import { cruiseTree } from './cruise-tree.ts';
import { findImpureCalls } from './impure-calls.ts';

const root = path.resolve(import.meta.dirname, '../..');
const PURE_FOLDER = 'shared/codegen';

const { modules, imports, violations } = await cruiseTree(root);
const impure = findImpureCalls(path.join(root, PURE_FOLDER));

for (const { rule, comment, from, to } of violations) console.error(`${from} → ${to}\n  ${rule}: ${comment}`);
for (const { file, line, call } of impure) {
  console.error(
    `${PURE_FOLDER}/${file}:${line} uses ${call}\n  codegen-pure: the same design gives the same bytes`,
  );
}
console.log(
  `${modules} modules and ${imports} imports checked, ${violations.length + impure.length} violations.`,
);
// A compiler that the checker cannot read gives it nothing to see, and nothing to complain about.
if (modules === 0 || imports === 0) console.error('Nothing was checked: the checker sees no modules.');
if (modules === 0 || imports === 0 || violations.length + impure.length > 0) process.exitCode = 1;
