import type { HostHandlers } from '#shared/contract/contract.ts';
import { compileFilter, type RecordFilter } from '#shared/expressions/compile-filter.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { describeGroup, listGroups } from '../inspect/groups.ts';
import { watchOverlay } from '../inspect/overlay.ts';
import { readStore } from '../inspect/store.ts';
import { tailTopic } from '../inspect/tail.ts';
import { describeTopic } from '../inspect/topic-detail.ts';
import { listTopics } from '../inspect/topics.ts';
import { answering } from './cluster-answer.ts';
import type { ClusterRegistry } from './clusters.ts';

export function createInspectHandlers(registry: ClusterRegistry): HostHandlers['inspect'] {
  return {
    topics: ({ cluster }, signal) =>
      answering(async () => ({ topics: await listTopics(registry.get(cluster), signal) })),
    topic: ({ cluster, topic }, signal) =>
      answering(() => describeTopic(registry.get(cluster), topic, signal)),
    groups: ({ cluster }, signal) =>
      answering(async () => ({ groups: await listGroups(registry.get(cluster), signal) })),
    group: ({ cluster, group }, signal) =>
      answering(() => describeGroup(registry.get(cluster), group, signal)),
    tail: ({ cluster, filter, ...request }, emit, signal) =>
      answering(() => {
        const compiled = filter?.trim() ? { filter: toFilter(filter) } : {};
        return tailTopic(registry.get(cluster), { ...request, ...compiled }, emit, signal);
      }),
    store: ({ cluster, ...request }, signal) =>
      answering(() => readStore(registry.get(cluster), request, signal)),
    overlay: ({ cluster, ...request }, emit, signal) =>
      answering(() => watchOverlay(registry.get(cluster), request, emit, signal)),
  };
}

function toFilter(source: string): RecordFilter {
  const compiled = compileFilter(source);
  if (compiled.ok) return compiled.value;
  const [problem] = compiled.error;
  const { message, start, end } = problem ?? {
    message: 'The filter cannot be read.',
    start: 0,
    end: source.length,
  };
  throw new RpcError('bad-input', message, { start, end });
}
