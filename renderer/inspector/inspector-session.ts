import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MillstreamWindow } from '../store/millstream-window.ts';
import type { GroupOrder } from './groups/group-rows.ts';
import { createTailSession, type TailSession } from './records/tail-session.ts';
import type { TopicOrder } from './topics/topic-rows.ts';

/** What the inspector shows in detail: a topic or a group of the cluster, by its name there. */
export type Shown = { readonly kind: 'topic' | 'group'; readonly name: string };

export interface InspectorView {
  readonly tab: 'topics' | 'groups';
  /** Null: the lists. */
  readonly shown: Shown | null;
  readonly words: string;
  readonly internal: boolean;
  readonly topicOrder: TopicOrder;
  readonly groupOrder: GroupOrder;
  /** The changelog whose store is shown; null: none was chosen yet. */
  readonly changelog: string | null;
}

/** What one window looks at on its cluster. */
export interface InspectorSession {
  readonly view: StoreApi<InspectorView>;
  readonly tail: TailSession;
}

const sessions = new WeakMap<MillstreamWindow, InspectorSession>();

export function inspectorOf(window: MillstreamWindow): InspectorSession {
  const known = sessions.get(window);
  if (known !== undefined) {
    return known;
  }
  const created: InspectorSession = {
    view: createStore<InspectorView>(() => ({
      tab: 'topics',
      shown: null,
      words: '',
      internal: false,
      topicOrder: 'name',
      groupOrder: 'name',
      changelog: null,
    })),
    tail: createTailSession(window),
  };
  sessions.set(window, created);
  return created;
}
