import { BrowserWindow } from 'electron';
import { pageAddress } from './own-page.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly isPackaged: boolean;
}

/** One window on the user interface, with nothing of Node or Electron in its page. */
export function openWindow({ preload, icon, isPackaged }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Millstream',
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 500,
    show: false,
    backgroundColor: '#10171f',
    icon,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(pageAddress);
  return window;
}
