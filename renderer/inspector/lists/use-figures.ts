import { useEffect, useState } from 'react';
import type { OverlayEvent, OverlayGroup, OverlayTopic } from '#shared/contract/inspect.ts';
import type { Stop } from '#shared/rpc/define-contract.ts';
import { useWindow } from '../../store/window-context.tsx';
import { useClusterHandle } from '../use-inspector.ts';

export interface Figures {
  readonly topics: ReadonlyMap<string, OverlayTopic>;
  readonly groups: ReadonlyMap<string, OverlayGroup>;
  readonly failure: string | null;
}

/** The most topics or groups whose figures are asked for at once. */
export const mostFigures = 2_000;

const none: Figures = { topics: new Map(), groups: new Map(), failure: null };
const calmMs = 180;
const everyMs = 1_500;

/** The figures of some topics and groups, for as long as they are wanted; what was learnt of others is kept. */
export function useFigures(kind: 'topics' | 'groups', names: readonly string[]): Figures {
  const { client } = useWindow();
  const cluster = useClusterHandle();
  const [figures, setFigures] = useState<Figures>(none);
  const [turn, setTurn] = useState(0);
  const wanted = JSON.stringify(names.slice(0, mostFigures));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another cluster has other figures
  useEffect(() => setFigures(none), [cluster]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` subscribes anew
  useEffect(() => {
    const asked = JSON.parse(wanted) as string[];
    if (cluster === null || asked.length === 0) {
      return;
    }
    let stop: Stop = () => undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    // While one scrolls past them, figures are not asked for.
    const calm = setTimeout(() => {
      const request = { cluster, topics: [], groups: [], everyMs, [kind]: asked };
      stop = client.inspect.overlay(request, {
        event: (event) => setFigures((before) => withEvent(before, event)),
        error: (error) => {
          setFigures((before) => ({ ...before, failure: error.message }));
          again = setTimeout(() => setTurn((count) => count + 1), 3_000);
        },
      });
    }, calmMs);
    return () => {
      clearTimeout(calm);
      clearTimeout(again);
      stop();
    };
  }, [client, cluster, kind, wanted, turn]);
  return figures;
}

function withEvent(before: Figures, event: OverlayEvent): Figures {
  const topics = new Map(before.topics);
  for (const topic of event.topics) {
    // The first look of a subscription has no rate yet: the last known one stands until the second.
    topics.set(topic.name, { ...topic, rate: topic.rate ?? topics.get(topic.name)?.rate ?? null });
  }
  const groups = new Map(before.groups);
  for (const group of event.groups) {
    groups.set(group.id, group);
  }
  return { topics, groups, failure: event.failure };
}
