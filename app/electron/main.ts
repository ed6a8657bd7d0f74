import { app, dialog } from 'electron';
import { startDesktop } from './desktop.ts';

// Not awaited: Electron is ready only after its first module has run to its end.
startDesktop({
  builtFolder: import.meta.dirname,
  args: process.argv.slice(1),
  currentFolder: process.cwd(),
}).catch((error: unknown) => {
  dialog.showErrorBox('Millstream cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
});
