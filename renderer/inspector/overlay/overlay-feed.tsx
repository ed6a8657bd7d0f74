import { useEffect, useMemo, useRef, useState } from 'react';
import { selectDesign } from '../../store/selectors.ts';
import { useWindow, useWindowState } from '../../store/window-context.tsx';
import { useClusterHandle } from '../use-inspector.ts';
import { type GroupProgress, overlayFigures } from './overlay-figures.ts';
import { overlayNames } from './overlay-names.ts';

const everyMs = { kafka: 2_000, sandbox: 1_000 } as const;
const againMs = 3_000;

/** Feeds the drawing with figures of the cluster in view, and marks them as of then when they stop coming. */
export function OverlayFeed() {
  const { client, live, store } = useWindow();
  const cluster = useClusterHandle();
  const kind = useWindowState((state) => state.connection.cluster?.kind ?? 'kafka');
  const design = useWindowState(selectDesign);
  const names = useMemo(() => overlayNames(design), [design]);
  const asked = JSON.stringify(names);
  const [turn, setTurn] = useState(0);
  const shownOf = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` subscribes anew
  useEffect(() => {
    const wanted = JSON.parse(asked) as ReturnType<typeof overlayNames>;
    if (cluster === null || (wanted.topics.length === 0 && wanted.groups.length === 0)) {
      return;
    }
    if (shownOf.current !== cluster) {
      live.clear();
      shownOf.current = cluster;
    }
    const progress: GroupProgress = new Map();
    let freshAt = Date.now();
    let again: ReturnType<typeof setTimeout> | undefined;
    const stop = client.inspect.overlay(
      { cluster, topics: [...wanted.topics], groups: [...wanted.groups], everyMs: everyMs[kind] },
      {
        event: (event) => {
          live.set(overlayFigures(selectDesign(store.getState()), event, progress));
          if (event.failure === null) {
            freshAt = Date.now();
          } else {
            live.markStale(freshAt);
          }
        },
        error: () => {
          // The connection itself says what is wrong; here the figures only stop being new.
          live.markStale(freshAt);
          again = setTimeout(() => setTurn((count) => count + 1), againMs);
        },
      },
    );
    return () => {
      stop();
      clearTimeout(again);
    };
  }, [client, live, store, cluster, kind, asked, turn]);

  useEffect(() => {
    if (cluster === null) {
      live.markStale(Date.now());
    }
  }, [live, cluster]);
  return null;
}
