import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GenerateProblem } from '#shared/codegen/generate-problem.ts';
import type { Design } from '#shared/design/design.ts';
import type { MillstreamWindow } from '../store/millstream-window.ts';
import type { CodeTarget } from './code-target.ts';
import type { CodeAnswer, CodeFile, CodeQuestion } from './generate-worker.ts';

export interface CodeView {
  readonly target: CodeTarget;
  /** The files of the last design that could be generated. */
  readonly files: ReadonlyMap<string, CodeFile> | null;
  /** Why the present design cannot be generated. */
  readonly problems: readonly GenerateProblem[];
  readonly failure: string | null;
  readonly working: boolean;
  /** The path that is read; null: the one that fits the selection. */
  readonly chosen: string | null;
  readonly generateOpen: boolean;
}

/** The code that the present design would give. */
export interface CodePreview {
  readonly view: StoreApi<CodeView>;
  /** Makes the code of a design; while one is being made, only the latest of those that follow is. */
  make(design: Design): void;
}

const previews = new WeakMap<MillstreamWindow, CodePreview>();

export function codeOf(window: MillstreamWindow): CodePreview {
  const known = previews.get(window);
  if (known !== undefined) {
    return known;
  }
  const created = createCodePreview(
    () => new Worker(new URL('./generate-worker.ts', import.meta.url), { type: 'module' }),
  );
  previews.set(window, created);
  return created;
}

/** The part of a worker that is needed here. */
export type CodeWorker = Pick<Worker, 'postMessage' | 'addEventListener'>;

export function createCodePreview(startWorker: () => CodeWorker): CodePreview {
  const view = createStore<CodeView>(() => ({
    target: 'typescript',
    files: null,
    problems: [],
    failure: null,
    working: false,
    chosen: null,
    generateOpen: false,
  }));
  let worker: CodeWorker | null = null;
  let turn = 0;
  let waiting: Design | null = null;
  let askedFor: CodeTarget = 'typescript';

  const ask = (design: Design) => {
    worker ??= listenTo(startWorker(), take, fail);
    turn += 1;
    askedFor = view.getState().target;
    view.setState({ working: true });
    const question: CodeQuestion = { turn, design, target: askedFor };
    worker.postMessage(question);
  };
  const next = () => {
    view.setState({ working: false });
    const design = waiting;
    waiting = null;
    if (design !== null) {
      ask(design);
    }
  };
  const take = (answer: CodeAnswer) => {
    if (answer.turn !== turn) {
      return;
    }
    if (askedFor !== view.getState().target) {
      // Another target was chosen meanwhile: its files are the next to be made.
    } else if (answer.is === 'files') {
      view.setState({ files: answer.files, problems: [], failure: null });
    } else if (answer.is === 'refused') {
      view.setState({ problems: answer.problems, failure: null });
    } else {
      view.setState({ failure: answer.message });
    }
    next();
  };
  const fail = (message: string) => {
    worker = null;
    view.setState({ failure: message });
    next();
  };

  return {
    view,
    make: (design) => {
      if (view.getState().working) {
        waiting = design;
      } else {
        ask(design);
      }
    },
  };
}

function listenTo(
  worker: CodeWorker,
  take: (answer: CodeAnswer) => void,
  fail: (message: string) => void,
): CodeWorker {
  worker.addEventListener('message', (event) => take((event as MessageEvent<CodeAnswer>).data));
  worker.addEventListener('error', (event) => fail((event as ErrorEvent).message));
  return worker;
}
