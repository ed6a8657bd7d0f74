import type { Diagnostic } from '#shared/checks/diagnostic.ts';
import type { Check } from '../store/diagnostics-runner.ts';

interface Answer {
  readonly turn: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** The rules, run in a worker of their own. */
export function createWorkerCheck(): Check {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  let turn = 0;
  return (design) =>
    new Promise((resolve, reject) => {
      turn += 1;
      const mine = turn;
      const done = (act: () => void) => {
        worker.removeEventListener('message', onMessage);
        worker.removeEventListener('error', onError);
        act();
      };
      const onMessage = ({ data }: MessageEvent<Answer>) => {
        if (data.turn === mine) {
          done(() => resolve(data.diagnostics));
        }
      };
      const onError = (event: ErrorEvent) => done(() => reject(new Error(event.message)));
      worker.addEventListener('message', onMessage);
      worker.addEventListener('error', onError);
      worker.postMessage({ turn: mine, design });
    });
}
