import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const conditions = ['millstream-source', 'module', 'browser', 'development|production'];

/** The user interface, for both hosts: `dist/web` is served over app:// and from 127.0.0.1. */
export default defineConfig({
  root: 'renderer',
  publicDir: '../app/packaging/public',
  base: '/',
  plugins: [react()],
  resolve: { conditions },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2024',
    sourcemap: false,
    // An inlined asset is a data: address, which the content security policy allows for fonts and images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Monaco's chunk, which is loaded when code is first shown, is as large as Monaco.
    chunkSizeWarningLimit: 4_500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Only what every window needs at once. Monaco and ELK are reached through import(): a group of their own
          // would draw the import helper into their chunk, and with it the chunk into the first load.
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'flow', test: /node_modules[\\/](@xyflow|d3-[a-z]+|zustand)[\\/]/ },
          ],
        },
      },
    },
  },
});
