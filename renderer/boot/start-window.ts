import { createStore } from 'zustand/vanilla';
import type { Transport } from '#shared/rpc/transport.ts';
import { createConnectionEdits } from '../store/connection-edits.ts';
import { startConnection } from '../store/connection-state.ts';
import { createDesignEdits } from '../store/design-edits.ts';
import { createDesignFiles } from '../store/design-files.ts';
import { runDiagnostics } from '../store/diagnostics-runner.ts';
import { createDialogQuestions } from '../store/dialog-questions.ts';
import { noDocument } from '../store/document-state.ts';
import { createHostLink } from '../store/host-link.ts';
import { createLiveCells } from '../store/live-cells.ts';
import type { MillstreamWindow } from '../store/millstream-window.ts';
import { createViewEdits } from '../store/view-edits.ts';
import { readRememberedView, writeRememberedView } from '../store/view-state.ts';
import type { WindowState } from '../store/window-state.ts';
import { failureWords } from '../strings/host-errors.ts';
import { showToast } from '../ui/toast.tsx';
import { createWorkerCheck } from './check-in-worker.ts';

interface StartOptions {
  readonly features: MillstreamWindow['features'];
  readonly openTransport: () => Promise<Transport>;
  readonly storage: Storage;
}

/** Builds a window and connects it to its host; opens the design that the host was started with. */
export function startWindow({ features, openTransport, storage }: StartOptions): MillstreamWindow {
  const store = createStore<WindowState>(() => ({
    document: noDocument,
    view: readRememberedView(storage),
    connection: startConnection,
  }));
  const link = createHostLink(openTransport);
  const edits = createDesignEdits(store);
  const files = createDesignFiles({
    store,
    client: link.client,
    edits,
    notices: {
      failed: (doing, error) => showToast({ ...failureWords(doing, error), tone: 'error' }),
      done: (what) => showToast({ title: what }),
    },
  });
  const window: MillstreamWindow = {
    store,
    live: createLiveCells(),
    client: link.client,
    edits,
    files,
    view: createViewEdits(store),
    connection: createConnectionEdits(store, () => void link.connect()),
    dialogs: createDialogQuestions(),
    features,
  };
  rememberView(store, storage);
  watchRoom(window.view);
  runDiagnostics(store, createWorkerCheck());
  link.onState((state, problem) => {
    window.connection.set({ link: state, problem });
    if (state === 'open') {
      void greetHost(window);
    }
  });
  void link.connect();
  return window;
}

async function greetHost({ client, connection, files, store }: MillstreamWindow): Promise<void> {
  try {
    const host = await client.host.describe({});
    const first = store.getState().connection.host === null;
    connection.set({ host });
    const { document } = store.getState();
    const isEmpty = document.design === null && document.broken === null;
    if (first && host.openAtStart !== null && isEmpty) {
      await files.open(host.openAtStart);
    }
  } catch (error) {
    showToast({ ...failureWords('Asking the host what it can do', error), tone: 'error' });
  }
}

/** Below this width the side panel and the drawing need all there is. */
const narrowWindow = '(max-width: 1100px)';

function watchRoom(view: MillstreamWindow['view']): void {
  const narrow = matchMedia(narrowWindow);
  view.setNarrow(narrow.matches);
  narrow.addEventListener('change', () => view.setNarrow(narrow.matches));
}

/** Writes down the panels and colours, at most a few times a second while a panel is dragged. */
function rememberView(store: MillstreamWindow['store'], storage: Storage): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.subscribe(({ view }, before) => {
    if (view.panels !== before.view.panels || view.theme !== before.view.theme) {
      clearTimeout(timer);
      timer = setTimeout(() => writeRememberedView(storage, store.getState().view), 250);
    }
  });
}
