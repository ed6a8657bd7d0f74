import { Radar } from 'lucide-react';
import type { Feature } from '../store/feature.ts';
import { selectDesign, selectHasDesign, selectOnlySelected } from '../store/selectors.ts';
import type { WindowState } from '../store/window-state.ts';
import { CanvasLink, standsFor } from './canvas-link.tsx';
import { InspectPanel } from './inspect-panel.tsx';
import { inspectorOf } from './inspector-session.ts';
import { OverlayFeed } from './overlay/overlay-feed.tsx';
import { RecordsPanel } from './records/records-panel.tsx';
import { TailMark } from './records/tail-mark.tsx';
import { tailTopic } from './show.ts';
import { StoresPanel } from './stores/stores-panel.tsx';

/** Topics, groups, records and stores of the cluster in view, beside the drawing and on it. */
export const inspectorFeature: Feature = {
  id: 'inspector',
  activities: [{ id: 'inspect', title: 'Inspect', icon: Radar, order: 2, SidePanel: InspectPanel }],
  bottomPanels: [
    { id: 'records', title: 'Records', order: 4, Panel: RecordsPanel, Mark: TailMark },
    { id: 'stores', title: 'Stores', order: 5, Panel: StoresPanel },
  ],
  actions: [
    {
      id: 'inspect.follow',
      title: 'Follow the records of the selected topic',
      group: 'Inspect',
      when: (state) => selectedTopic(state) !== null && state.connection.cluster !== null,
      run: (window) => {
        const topic = selectedTopic(window.store.getState());
        if (topic !== null) {
          tailTopic(window, topic);
        }
      },
    },
    {
      id: 'inspect.pause',
      title: 'Pause or resume the records',
      group: 'Inspect',
      when: ({ connection }) => connection.cluster !== null,
      run: (window) => {
        const { tail } = inspectorOf(window);
        const { phase } = tail.view.getState();
        if (phase === 'following') {
          tail.pause();
        } else if (phase !== 'idle') {
          tail.resume();
        }
      },
    },
    {
      id: 'inspect.topics',
      title: 'Show topics and groups',
      group: 'Inspect',
      when: (state) => selectHasDesign(state) && state.view.activity !== 'inspect',
      run: ({ view }) => view.chooseActivity('inspect'),
    },
  ],
  Background: Watchers,
};

function Watchers() {
  return (
    <>
      <OverlayFeed />
      <CanvasLink />
    </>
  );
}

function selectedTopic(state: WindowState): string | null {
  const selected = selectOnlySelected(state);
  const shown = selected === null ? null : standsFor(selectDesign(state), selected).shown;
  return shown?.kind === 'topic' ? shown.name : null;
}
