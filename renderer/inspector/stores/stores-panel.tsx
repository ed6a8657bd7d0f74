import { useCallback, useMemo, useRef, useState } from 'react';
import { selectDesign } from '../../store/selectors.ts';
import { useWindow, useWindowState } from '../../store/window-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StoreGlyph } from '../../ui/kafka-glyphs.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FailureNote } from '../failure-note.tsx';
import { NoCluster } from '../no-cluster.tsx';
import { useClusterHandle, useInspector, useInspectorView } from '../use-inspector.ts';
import { usePolled } from '../use-polled.ts';
import { drawnStores, otherStores, type StoreChoice } from './store-choices.ts';
import { StoreStatus } from './store-status.tsx';
import { StoreTable } from './store-table.tsx';
import { type StoreQuestion, StoreToolbar } from './store-toolbar.tsx';
import css from './stores-panel.module.css';

const autoMs = 4_000;
/** The most entries that are asked for and shown. */
const mostEntries = 1_000;

/** What the state stores hold, told from their changelogs. */
export function StoresPanel() {
  const cluster = useClusterHandle();
  return cluster === null ? (
    <NoCluster
      title="No stores without a cluster"
      text="What a service’s state stores hold shows here, read from their changelogs."
    />
  ) : (
    <Stores key={cluster} cluster={cluster} />
  );
}

function Stores({ cluster }: { readonly cluster: string }) {
  const { view } = useInspector();
  const changelog = useInspectorView((state) => state.changelog);
  const { drawn, others, known } = useStoreChoices(cluster);
  const all = [...drawn, ...others];
  const choice = all.find((each) => each.changelog === changelog) ?? drawn[0] ?? others[0];
  if (choice === undefined) {
    return known ? (
      <EmptyState
        icon={<StoreGlyph size={22} />}
        title="No state stores"
        text="Neither the design nor the cluster has a changelog. Tables, aggregations and gathers keep state."
      />
    ) : (
      <Skeleton label="Looking for changelogs" rows={5} />
    );
  }
  return (
    <Store
      key={choice.changelog}
      cluster={cluster}
      choice={choice}
      drawn={drawn}
      others={others}
      onChoose={(chosen) => view.setState({ changelog: chosen })}
    />
  );
}

interface StoreProps {
  readonly cluster: string;
  readonly choice: StoreChoice;
  readonly drawn: readonly StoreChoice[];
  readonly others: readonly StoreChoice[];
  readonly onChoose: (changelog: string) => void;
}

function Store({ cluster, choice, drawn, others, onChoose }: StoreProps) {
  const { client } = useWindow();
  const [question, setQuestion] = useState<StoreQuestion>({
    kind: 'auto',
    windowSizeMs: choice.windowSizeMs,
    contains: '',
    auto: true,
  });
  const { kind, windowSizeMs, contains, auto } = question;
  const ask = useCallback(
    (signal: AbortSignal) =>
      client.inspect.store(
        {
          cluster,
          topic: choice.changelog,
          kind,
          limit: mostEntries,
          ...(windowSizeMs === null ? {} : { windowSizeMs }),
          ...(contains === '' ? {} : { contains }),
        },
        signal,
      ),
    [client, cluster, choice.changelog, kind, windowSizeMs, contains],
  );
  const { value, at, failure, refresh } = usePolled(ask, auto ? autoMs : null);
  const last = useRef(value);
  last.current = value ?? last.current;
  // While another question about the same store is answered, the answer of before stands.
  const content = last.current;
  return (
    <div className={css.panel}>
      <StoreToolbar
        choice={choice}
        drawn={drawn}
        others={others}
        question={question}
        windowed={(content?.kind ?? kind) === 'window'}
        onChoose={onChoose}
        onAsk={(change) => setQuestion({ ...question, ...change })}
        onRefresh={refresh}
      />
      {failure === null ? null : (
        <FailureNote doing="Reading the store" why={failure} since={at} onRetry={refresh} />
      )}
      {content === null && failure === null ? <Skeleton label="Reading the changelog" rows={5} /> : null}
      {content === null ? null : (
        <>
          <StoreTable content={content} contains={contains} />
          <StoreStatus content={content} at={at} />
        </>
      )}
    </div>
  );
}

function useStoreChoices(cluster: string) {
  const { client } = useWindow();
  const design = useWindowState(selectDesign);
  const ask = useCallback(
    async (signal: AbortSignal) => (await client.inspect.topics({ cluster }, signal)).topics,
    [client, cluster],
  );
  const { value: topics, failure } = usePolled(ask, 15_000);
  return useMemo(() => {
    const drawn = drawnStores(design);
    const others = otherStores(topics?.map(({ name }) => name) ?? [], drawn);
    return { drawn, others, known: topics !== null || failure !== null };
  }, [design, topics, failure]);
}
