import type { StoreApi } from 'zustand/vanilla';
import type { Diagnostic, Severity } from '#shared/checks/diagnostic.ts';
import type { Design } from '#shared/design/design.ts';
import type { WindowState } from './window-state.ts';

export type Check = (design: Design) => Promise<readonly Diagnostic[]>;

/** Checks the design after a pause in the typing, and never two at once; the last state is always checked. */
export function runDiagnostics(store: StoreApi<WindowState>, check: Check, pauseMs = 180): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let again = false;

  const run = async () => {
    const { design } = store.getState().document;
    if (design === null) {
      return;
    }
    running = true;
    try {
      const diagnostics = await check(design);
      if (store.getState().document.design !== null) {
        store.setState((state) => ({
          document: { ...state.document, diagnostics, worstById: worstById(diagnostics) },
        }));
      }
    } finally {
      running = false;
      if (again) {
        again = false;
        schedule(0);
      }
    }
  };
  const schedule = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (running) {
        again = true;
      } else {
        void run();
      }
    }, ms);
  };
  store.subscribe(({ document: { design } }, before) => {
    if (design !== before.document.design && design !== null) {
      schedule(before.document.design === null ? 0 : pauseMs);
    }
  });
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export function worstById(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { where, severity } of diagnostics) {
    const known = worst.get(where.id);
    if (known === undefined || rank[severity] < rank[known]) {
      worst.set(where.id, severity);
    }
  }
  return worst;
}
