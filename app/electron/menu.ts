import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * What every desktop app has. Undo and redo are left out: the system's would undo typing, and those of the design
 * are the page's own, under the same keys.
 */
export function setMenu(platform: NodeJS.Platform, isPackaged: boolean): void {
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : ([{ role: 'toggleDevTools' }] as const)),
    ],
  };
  const first: MenuItemConstructorOptions =
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'quit' }] };
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, edit, view, { role: 'windowMenu' }]));
}
