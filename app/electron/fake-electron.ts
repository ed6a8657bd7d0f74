import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { PortLike } from '#shared/rpc/port-transport.ts';
import type { MainPort } from './main-port-transport.ts';

type Listener = (...args: unknown[]) => unknown;
type Decide = (granted: boolean) => void;

/** What a test sees of what the app did to Electron. Nothing here starts a process. */
export function createFakeElectron() {
  const record = {
    opened: [] as string[],
    windows: [] as FakeWindow[],
    exposed: {} as Record<string, unknown>,
    posted: [] as { channel: string; ports: readonly unknown[] }[],
    schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
    menu: null as unknown,
    isSandboxed: false,
    quits: 0,
    lock: true,
    dialog: { canceled: false, filePaths: ['/picked/a.millstream.json'], filePath: '/picked/b' },
  };
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    enableSandbox: () => {
      record.isSandboxed = true;
    },
    requestSingleInstanceLock: () => record.lock,
    whenReady: async () => undefined,
    getPath: () => '/documents',
    quit: () => {
      record.quits += 1;
    },
    exit: () => undefined,
  });
  const ipcMain = new EventEmitter();
  const defaultSession = createFakeSession();

  function openFakeWindow(options: Record<string, unknown>) {
    const window = new FakeWindow(options);
    record.windows.push(window);
    app.emit('web-contents-created', {}, window.webContents);
    return window;
  }
  const BrowserWindow = Object.assign(openFakeWindow, {
    getAllWindows: () => record.windows,
    getFocusedWindow: () => record.windows[0] ?? null,
  });

  const module = {
    app,
    ipcMain,
    BrowserWindow,
    session: { defaultSession },
    shell: {
      openExternal: async (address: string) => {
        record.opened.push(address);
      },
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: typeof record.schemes) => record.schemes.push(...schemes),
    },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => {
        record.menu = menu;
      },
    },
    dialog: {
      showOpenDialog: async () => record.dialog,
      showSaveDialog: async () => record.dialog,
      showErrorBox: () => undefined,
    },
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => {
        record.exposed[name] = value;
      },
    },
    ipcRenderer: {
      postMessage: (channel: string, _message: unknown, ports: readonly unknown[]) =>
        record.posted.push({ channel, ports }),
    },
  };
  return { module, record, app, ipcMain, session: defaultSession };
}

export class FakeWindow extends EventEmitter {
  readonly options: Record<string, unknown>;
  readonly webContents = new FakeContents();
  loaded = '';
  focused = 0;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }
  async loadURL(address: string) {
    this.loaded = address;
  }
  show() {
    this.emit('show');
  }
  isMinimized() {
    return false;
  }
  focus() {
    this.focused += 1;
  }
}

export class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler;
  }
  /** Emits an event that can be prevented; tells whether it was. */
  attempt(event: string, details: Record<string, unknown>): boolean {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit(event, { ...details, preventDefault });
    return prevented;
  }
}

function createFakeSession() {
  const session = {
    request: null as Listener | null,
    check: null as Listener | null,
    device: null as Listener | null,
    cancels: null as { urls: readonly string[]; listener: Listener } | null,
    schemes: new Map<string, (request: Request) => Promise<Response>>(),
    setPermissionRequestHandler: (handler: Listener) => {
      session.request = handler;
    },
    setPermissionCheckHandler: (handler: Listener) => {
      session.check = handler;
    },
    setDevicePermissionHandler: (handler: Listener) => {
      session.device = handler;
    },
    webRequest: {
      onBeforeRequest: ({ urls }: { urls: readonly string[] }, listener: Listener) => {
        session.cancels = { urls, listener };
      },
    },
    protocol: {
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        session.schemes.set(scheme, handler),
    },
    grants(permission: string, requestingUrl: string): boolean {
      let granted = false;
      const decide: Decide = (answer) => {
        granted = answer;
      };
      session.request?.({}, permission, decide, { requestingUrl });
      return granted;
    },
  };
  return session;
}

/** A real message channel: the page's end as a browser has it, the other as Electron's main process has it. */
export function createFakePortPair(): { readonly page: PortLike; readonly main: MainPort } {
  const { port1, port2 } = new MessageChannel();
  const page = toEvents(port1);
  const main = toEvents(port2);
  return {
    page: {
      postMessage: (message) => port1.postMessage(message),
      start: () => port1.start(),
      close: () => port1.close(),
      addEventListener: page.add,
      removeEventListener: page.remove,
    },
    main: {
      postMessage: (message) => port2.postMessage(message),
      start: () => port2.start(),
      close: () => port2.close(),
      on: main.add,
      off: main.remove,
    },
  };
}

type PortListener = (event: { readonly data: unknown }) => void;

/** Node's ports give the message itself; pages and Electron give an event that holds it. */
function toEvents(port: MessagePort) {
  const wrapped = new Map<unknown, (data?: unknown) => void>();
  return {
    add(type: 'message' | 'close', listener: PortListener): void {
      const receive = (data?: unknown) => listener({ data });
      wrapped.set(listener, receive);
      port.on(type, receive);
    },
    remove(type: 'message' | 'close', listener: PortListener): void {
      const receive = wrapped.get(listener);
      if (receive) port.off(type, receive);
    },
  };
}
