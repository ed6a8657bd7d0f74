import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [
  ...configDefaults.exclude,
  '**/dist/**',
  '**/golden/**',
  '**/.local/**',
  '**/.tsbuild/**',
  'e2e/**/*.spec.ts',
];
const kafkaTests = '**/*.kafka.test.ts';
const conditions = ['millstream-source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, kafkaTests],
          setupFiles: ['tools/test/configure-properties.ts'],
          // Some tests start whole programs; the limit is there for what hangs, not for what is slow.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'kafka',
          environment: 'node',
          include: [kafkaTests],
          exclude,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
