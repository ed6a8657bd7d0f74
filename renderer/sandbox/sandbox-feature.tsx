import { FlaskConical } from 'lucide-react';
import type { Action } from '../store/action.ts';
import type { Feature } from '../store/feature.ts';
import type { WindowState } from '../store/window-state.ts';
import { SandboxClock } from './sandbox-clock.tsx';
import { SandboxPanel } from './sandbox-panel.tsx';
import { sandboxOf } from './sandbox-session.ts';
import { SandboxStart } from './sandbox-start.tsx';

const runs = ({ connection }: WindowState) => connection.cluster?.kind === 'sandbox';
const canStart = (state: WindowState) => state.document.design !== null && !runs(state);

const actions: readonly Action[] = [
  {
    id: 'sandbox.start',
    title: 'Start the sandbox',
    group: 'Sandbox',
    when: canStart,
    run: (window) => void sandboxOf(window).start(),
  },
  {
    id: 'sandbox.restart',
    title: 'Restart the sandbox',
    group: 'Sandbox',
    when: runs,
    run: (window) => void sandboxOf(window).start(),
  },
  {
    id: 'sandbox.stop',
    title: 'Stop the sandbox',
    group: 'Sandbox',
    when: runs,
    run: (window) => void sandboxOf(window).stop(),
  },
  {
    id: 'sandbox.pause',
    title: 'Pause or resume the sandbox',
    group: 'Sandbox',
    when: runs,
    run: (window) => {
      const session = sandboxOf(window);
      const running = session.view.getState().state?.running ?? false;
      void session.act({ do: running ? 'pause' : 'resume' });
    },
  },
  {
    id: 'sandbox.advance',
    title: 'Let 10 seconds pass in the sandbox',
    group: 'Sandbox',
    when: runs,
    run: (window) => void sandboxOf(window).act({ do: 'advance', ms: 10_000 }),
  },
];

/** The simulated cluster that a design runs on. */
export const sandboxFeature: Feature = {
  id: 'sandbox',
  activities: [{ id: 'sandbox', title: 'Sandbox', icon: FlaskConical, order: 3, SidePanel: SandboxPanel }],
  statusItems: [{ id: 'virtual-time', order: 2, side: 'end', Item: SandboxClock }],
  actions,
  Background: SandboxStart,
};
