import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TailEvent, TailStart } from '#shared/contract/inspect.ts';
import type { Stop } from '#shared/rpc/define-contract.ts';
import type { MillstreamWindow } from '../../store/millstream-window.ts';
import { emptyBuffer, type RecordBuffer, withRecords } from './record-buffer.ts';
import { advancePositions, resumeParts, type TailPart, type TailPositions } from './tail-positions.ts';

export interface TailQuestion {
  /** Empty: no topic was chosen yet. */
  readonly topic: string;
  readonly partition: number | null;
  readonly from: TailStart;
  /** CEL; empty: every record. */
  readonly filter: string;
  readonly isolation: 'read_uncommitted' | 'read_committed';
}

export interface TailView {
  readonly question: TailQuestion;
  readonly phase: 'idle' | 'following' | 'paused' | 'failed';
  readonly buffer: RecordBuffer;
  readonly positions: TailPositions;
  /** Records that came faster than they could be shown. */
  readonly dropped: number;
  readonly filterError: string | null;
  /** Why it ended, in one sentence. */
  readonly failure: string | null;
  /** An event has come: what is empty is empty, not unknown. */
  readonly answered: boolean;
}

/** The live tail of one topic: at most one in a window. */
export interface TailSession {
  readonly view: StoreApi<TailView>;
  /** Follows anew, from where the question says. */
  start(question: TailQuestion): void;
  /** Stops reading, and remembers how far it came in each partition. */
  pause(): void;
  /** Goes on where it was, after a pause or a failure. */
  resume(): void;
  /** Forgets the records that are shown; what comes next is not touched. */
  clear(): void;
}

const fresh = {
  buffer: emptyBuffer,
  positions: new Map<number, never>() as TailPositions,
  dropped: 0,
  filterError: null,
  failure: null,
  answered: false,
} as const;

const firstQuestion: TailQuestion = {
  topic: '',
  partition: null,
  from: { last: 50 },
  filter: '',
  isolation: 'read_uncommitted',
};

type Surroundings = Pick<MillstreamWindow, 'client' | 'store'>;

export function createTailSession({ client, store }: Surroundings): TailSession {
  const view = createStore<TailView>(() => ({ ...fresh, question: firstQuestion, phase: 'idle' }));
  let stops: Stop[] = [];
  /** Records were followed when the cluster went out of view: they are followed again on the next one. */
  let goesOn = false;

  const stop = () => {
    for (const each of stops) {
      each();
    }
    stops = [];
  };

  const take = (event: TailEvent) =>
    view.setState(({ buffer, positions, dropped, filterError }) => {
      // After a pause that went on by time, records that were shown before come again.
      const unseen = event.records.filter(
        ({ partition, offset }) => offset >= (positions.get(partition)?.next ?? 0),
      );
      return {
        buffer: unseen.length === 0 ? buffer : withRecords(buffer, unseen),
        positions: advancePositions(positions, event),
        dropped: dropped + event.dropped,
        filterError: event.filterError ?? filterError,
        answered: true,
      };
    });

  const follow = (parts: readonly TailPart[]) => {
    stop();
    const { question } = view.getState();
    const { topic, filter, isolation } = question;
    const cluster = store.getState().connection.cluster?.cluster;
    if (cluster === undefined || topic === '') {
      return;
    }
    view.setState({ phase: 'following', failure: null, filterError: null });
    stops = parts.map(({ partition, from }) =>
      client.inspect.tail(
        { cluster, topic, partition, from, isolation, ...(filter.trim() === '' ? {} : { filter }) },
        {
          event: take,
          error: (error) => {
            stop();
            view.setState({ phase: 'failed', failure: error.message });
          },
        },
      ),
    );
  };

  store.subscribe(({ connection: { cluster } }, { connection: before }) => {
    if (cluster?.cluster !== before.cluster?.cluster) {
      stop();
      const { question, phase } = view.getState();
      goesOn = before.cluster === null ? goesOn : phase === 'following' || phase === 'failed';
      view.setState({ ...fresh, question, phase: 'idle' });
      if (cluster !== null && goesOn) {
        follow([question]);
      }
    }
  });

  return {
    view,
    start: (question) => {
      view.setState({ ...fresh, question });
      follow([question]);
    },
    pause: () => {
      stop();
      view.setState({ phase: 'paused' });
    },
    resume: () => {
      const { positions, question, buffer } = view.getState();
      const latest = buffer.kept.at(-1)?.record.timestamp ?? null;
      follow(resumeParts(positions, latest, question));
    },
    clear: () =>
      view.setState(({ buffer }) => ({ buffer: { ...emptyBuffer, arrived: buffer.arrived }, dropped: 0 })),
  };
}
