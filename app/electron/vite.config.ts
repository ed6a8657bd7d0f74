import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const outDir = path.join(root, 'dist/electron');
const conditions = ['millstream-source', 'node', 'module', 'development|production'];
// The Kafka client reads WebAssembly that lies beside its files, so it is packed as it is, not bundled.
const external = ['electron', /^node:/, ...builtinModules, '@platformatic/kafka'];

/** The window's icon lies beside the main process, where it is found packed and unpacked. */
const icon: Plugin = {
  name: 'window-icon',
  applyToEnvironment: (environment) => environment.name === 'main',
  generateBundle() {
    const source = readFileSync(path.join(root, 'app/packaging/icon.png'));
    this.emitFile({ type: 'asset', fileName: 'icon.png', source });
  },
};

/** The desktop app's main process (ESM) and its preload, which a sandboxed page can only load as CommonJS. */
export default defineConfig({
  root,
  publicDir: false,
  plugins: [icon],
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    main: {
      consumer: 'server',
      resolve: { conditions, externalConditions: conditions, noExternal: true },
      build: {
        outDir,
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: { main: path.join(import.meta.dirname, 'main.ts') },
          external,
          output: { format: 'es', entryFileNames: '[name].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir,
        emptyOutDir: false,
        target: 'chrome140',
        minify: false,
        rolldownOptions: {
          input: { preload: path.join(import.meta.dirname, 'preload.ts') },
          external,
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
});
