import path from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import { serveWindow } from '../serve-window.ts';
import { createServices, type Services } from '../services.ts';
import { registerAppScheme, serveAppScheme } from './app-protocol.ts';
import { findStartDesign, findStartFolder } from './arguments.ts';
import { createNativeDialogs } from './dialogs.ts';
import { guardPages, guardSession } from './guards.ts';
import { setMenu } from './menu.ts';
import { acceptPagePipes } from './page-pipes.ts';
import { openWindow } from './window.ts';

export interface DesktopOptions {
  /** The folder of the built main process: the preload lies in it, the page in `../web`. */
  readonly builtFolder: string;
  readonly args: readonly string[];
  readonly currentFolder: string;
  readonly stateFolder?: string;
}

/** Starts the desktop app, or hands over to the one that runs already. */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  app.enableSandbox();
  registerAppScheme();
  guardPages(app);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  await app.whenReady();
  const services = await startServices(options);
  guardSession(session.defaultSession);
  serveAppScheme(session.defaultSession, path.join(options.builtFolder, '..', 'web'));
  acceptPagePipes((transport) => serveWindow(services, transport, logError));
  setMenu(process.platform, app.isPackaged);
  const open = () =>
    openWindow({
      preload: path.join(options.builtFolder, 'preload.cjs'),
      icon: path.join(options.builtFolder, 'icon.png'),
      isPackaged: app.isPackaged,
    });
  open();
  followWindows(open);
  closeAtQuit(services);
}

async function startServices({ args, currentFolder, stateFolder }: DesktopOptions): Promise<Services> {
  return createServices({
    kind: 'electron',
    folder: findStartFolder(currentFolder, app.getPath('documents')),
    openAtStart: await findStartDesign(args, currentFolder),
    runAtStart: null,
    dialogs: createNativeDialogs(process.platform),
    onError: logError,
    ...(stateFolder === undefined ? {} : { stateFolder }),
  });
}

function followWindows(open: () => void): void {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) {
      open();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** The app ends when its connections and sandboxes have. */
function closeAtQuit(services: Services): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void services
      .close()
      .catch((error: unknown) => logError(error, 'quit'))
      .then(() => {
        closed = true;
        app.quit();
      });
  });
}

function logError(error: unknown, where: string): void {
  console.error(`${where}:`, error);
}
