import { BrowserWindow, dialog, type FileFilter } from 'electron';
import type { PathDialogs } from '#main/handlers/designs.ts';

const extension = '.millstream.json';

/** macOS knows simple extensions only. */
function filtersOf(platform: NodeJS.Platform): FileFilter[] {
  return [{ name: 'Millstream designs', extensions: [platform === 'darwin' ? 'json' : 'millstream.json'] }];
}

/** The system's own dialogs, over the window that the user is in. */
export function createNativeDialogs(platform: NodeJS.Platform): PathDialogs {
  return {
    async pick(what) {
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      if (!window) return null;
      if (what === 'save') return pickNew(window, platform);
      const { canceled, filePaths } = await dialog.showOpenDialog(
        window,
        what === 'folder'
          ? { properties: ['openDirectory', 'createDirectory'] }
          : { properties: ['openFile'], filters: filtersOf(platform) },
      );
      return canceled ? null : (filePaths[0] ?? null);
    },
  };
}

async function pickNew(window: BrowserWindow, platform: NodeJS.Platform): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    filters: filtersOf(platform),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (canceled || !filePath) return null;
  if (filePath.endsWith(extension)) return filePath;
  return `${filePath.replace(/(\.millstream)?(\.json)?$/, '')}${extension}`;
}
