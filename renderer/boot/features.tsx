import { PencilRuler, Settings } from 'lucide-react';
import { canvasActions } from '../canvas/canvas-actions.ts';
import { codeFeature } from '../code/code-feature.tsx';
import { connectionsFeature } from '../connections/connections-feature.tsx';
import { inspectorFeature } from '../inspector/inspector-feature.tsx';
import { DesignSidePanel } from '../palette/design-side-panel.tsx';
import { ProblemCounts, ProblemsMark } from '../problems/problem-counts.tsx';
import { ProblemsPanel } from '../problems/problems-panel.tsx';
import { sandboxFeature } from '../sandbox/sandbox-feature.tsx';
import { SchemasPanel } from '../schemas/schemas-panel.tsx';
import type { Feature } from '../store/feature.ts';
import { SaveState } from './save-state.tsx';
import { SettingsPanel } from './settings-panel.tsx';

const designFeature: Feature = {
  id: 'design',
  activities: [{ id: 'design', title: 'Design', icon: PencilRuler, order: 1, SidePanel: DesignSidePanel }],
  bottomPanels: [{ id: 'schemas', title: 'Schemas', order: 2, Panel: SchemasPanel }],
  statusItems: [{ id: 'save-state', order: 1, side: 'start', Item: SaveState }],
  actions: canvasActions,
};

const problemsFeature: Feature = {
  id: 'problems',
  bottomPanels: [{ id: 'problems', title: 'Problems', order: 1, Panel: ProblemsPanel, Mark: ProblemsMark }],
  statusItems: [{ id: 'problem-counts', order: 2, side: 'start', Item: ProblemCounts }],
};

const settingsFeature: Feature = {
  id: 'settings',
  activities: [
    { id: 'settings', title: 'Settings', icon: Settings, order: 9, atFoot: true, SidePanel: SettingsPanel },
  ],
};

/** All that is in the window beside the drawing and the properties. */
export const features: readonly Feature[] = [
  designFeature,
  problemsFeature,
  codeFeature,
  inspectorFeature,
  sandboxFeature,
  connectionsFeature,
  settingsFeature,
];
