import { expect, test } from 'vitest';
import type { Design } from '#shared/design/design.ts';
import { type CodeWorker, createCodePreview } from './code-preview.ts';
import type { CodeAnswer, CodeQuestion } from './generate-worker.ts';

function design(name: string): Design {
  return {
    format: 'millstream-design',
    version: 1,
    name,
    schemas: [],
    topics: [],
    services: [],
    externals: [],
    requests: [],
    feeds: [],
    notes: [],
    layout: { nodes: {} },
  };
}

/** A worker that answers when it is told to. */
function manualWorker() {
  const asked: CodeQuestion[] = [];
  const listeners = new Map<string, (event: unknown) => void>();
  const worker = {
    postMessage: (question: CodeQuestion) => asked.push(question),
    addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
  } as unknown as CodeWorker;
  const answer = (of: CodeAnswer) => listeners.get('message')?.({ data: of });
  return { worker, asked, answer, fail: (message: string) => listeners.get('error')?.({ message }) };
}

test('of designs that come while one is being made only the latest is made', () => {
  const { worker, asked, answer } = manualWorker();
  const { make, view } = createCodePreview(() => worker);
  for (const name of ['a', 'b', 'c']) {
    make(design(name));
  }
  expect(asked.map((each) => each.design.name)).toEqual(['a']);
  answer({ turn: 1, is: 'files', files: new Map([['a.ts', { text: 'a', ownership: 'generated' }]]) });
  expect(asked.map((each) => each.design.name)).toEqual(['a', 'c']);
  expect(view.getState().working).toBe(true);
  answer({ turn: 2, is: 'files', files: new Map() });
  expect(view.getState().working).toBe(false);
});

test('a refusal keeps the files of before and says why', () => {
  const { worker, answer } = manualWorker();
  const { make, view } = createCodePreview(() => worker);
  make(design('a'));
  answer({ turn: 1, is: 'files', files: new Map([['a.ts', { text: 'a', ownership: 'generated' }]]) });
  make(design('b'));
  const problem = { code: 'unsupported', where: { operator: 'x' }, message: 'Not yet.' } as const;
  answer({ turn: 2, is: 'refused', problems: [problem] });
  expect(view.getState().problems).toEqual([problem]);
  expect(view.getState().files?.has('a.ts')).toBe(true);
});

test('after a worker has broken the next design gets a new one', () => {
  const workers = [manualWorker(), manualWorker()];
  let started = 0;
  const { make, view } = createCodePreview(() => {
    started += 1;
    return workers[started - 1]?.worker ?? manualWorker().worker;
  });
  make(design('a'));
  workers[0]?.fail('out of memory');
  expect(view.getState()).toMatchObject({ failure: 'out of memory', working: false });
  make(design('b'));
  expect(workers[1]?.asked.map((each) => each.design.name)).toEqual(['b']);
});
