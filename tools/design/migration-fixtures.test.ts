import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { designVersion } from '#shared/design/design.ts';
import { migrations } from '#shared/design/migrations/migrations.ts';
import { parseDesign } from '#shared/design/parse-design.ts';

const folder = fileURLToPath(new URL('../../shared/design/migrations/fixtures/', import.meta.url));

function readFixture(name: string): string {
  return readFileSync(folder + name, 'utf8');
}

describe('migrations', () => {
  it('go from every earlier version to today’s, one step at a time', () => {
    const versions = Array.from({ length: designVersion }, (_, version) => version);
    expect(migrations.map(({ from }) => from)).toEqual(versions);
  });

  it('have each a fixture, and no fixture is left over', () => {
    const expected = migrations.flatMap(({ from }) => [
      `from-${from}.input.json`,
      `from-${from}.output.json`,
    ]);
    expect(readdirSync(folder).sort()).toEqual(expected.sort());
  });

  it.each(migrations.map(({ from, migrate }) => ({ from, migrate })))(
    'version $from becomes what its fixture says, and a design that opens',
    ({ from, migrate }) => {
      const input = readFixture(`from-${from}.input.json`);
      const migrated = migrate(JSON.parse(input));
      expect(migrated).toEqual({ ok: true, value: JSON.parse(readFixture(`from-${from}.output.json`)) });
      expect(parseDesign(input).ok).toBe(true);
    },
  );
});
