import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'vitest';
import { sha256 } from '#shared/codegen/sha256.ts';

test('the sum made without Node is the sum that Node makes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      (text) => sha256(text) === createHash('sha256').update(text).digest('hex'),
    ),
  );
});
