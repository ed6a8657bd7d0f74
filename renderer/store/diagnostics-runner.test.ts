import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Diagnostic } from '#shared/checks/diagnostic.ts';
import { emptyDesign } from '#shared/design/create.ts';
import { startConnection } from './connection-state.ts';
import { runDiagnostics, worstById } from './diagnostics-runner.ts';
import { noDocument } from './document-state.ts';
import { startView } from './view-state.ts';
import type { WindowState } from './window-state.ts';

function finding(id: string, severity: Diagnostic['severity'], message = ''): Diagnostic {
  return { code: 'EV-05', severity, where: { kind: 'topic', id }, data: {}, message, why: '' };
}

test('the worst finding of a thing marks it', () => {
  const worst = worstById([
    finding('a', 'info'),
    finding('a', 'error'),
    finding('a', 'warning'),
    finding('b', 'info'),
  ]);
  expect(Object.fromEntries(worst)).toEqual({ a: 'error', b: 'info' });
});

test('a design that changes while it is checked is checked again, and the last state is shown', async () => {
  const store = createStore<WindowState>(() => ({
    document: noDocument,
    view: startView,
    connection: startConnection,
  }));
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  runDiagnostics(
    store,
    (design) =>
      new Promise((resolve) => {
        asked.push(design.name);
        answers.push(() => resolve([finding('x', 'error', design.name)]));
      }),
    0,
  );
  const show = (name: string) =>
    store.setState(({ document }) => ({ document: { ...document, design: emptyDesign(name) } }));
  show('first');
  await vi.waitFor(() => expect(asked).toEqual(['first']));
  show('second');
  show('third');
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toEqual(['first']);
  answers[0]?.();
  await vi.waitFor(() => expect(asked).toEqual(['first', 'third']));
  answers[1]?.();
  await vi.waitFor(() => expect(store.getState().document.diagnostics[0]?.message).toBe('third'));
});
