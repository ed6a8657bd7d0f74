import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import type { LayOut } from './arrange-design.ts';

let starting: Promise<ELK> | null = null;

/** ELK in a worker of its own, fetched the first time something is arranged. */
export const layOutInWorker: LayOut = async (graph: ElkNode) => {
  starting ??= start();
  return (await starting).layout(graph);
};

async function start(): Promise<ELK> {
  const [{ default: ElkApi }, { default: ElkWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ]);
  return new ElkApi({ workerFactory: () => new ElkWorker() });
}
