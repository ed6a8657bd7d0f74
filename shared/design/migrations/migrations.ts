import { fromVersion0 } from './from-version-0.ts';
import type { Migration } from './migration.ts';

/** Every step to today's format, in order; each has a pair of files under fixtures/. */
export const migrations: readonly Migration[] = [fromVersion0];
