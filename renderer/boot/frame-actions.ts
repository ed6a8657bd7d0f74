import type { Action } from '../store/action.ts';
import {
  selectCanRedo,
  selectCanUndo,
  selectHasDesign,
  selectIsDirty,
  selectPropertiesOpen,
} from '../store/selectors.ts';
import type { PanelsState } from '../store/view-state.ts';
import { focusNextPart } from './tab-order.ts';

const togglePanel =
  (panel: 'side' | 'bottom'): Action['run'] =>
  ({ store, view }) => {
    const panels: PanelsState = store.getState().view.panels;
    view.setPanels({ [panel]: !panels[panel] });
  };

/** What the frame itself can do; features add their own. */
export const frameActions: readonly Action[] = [
  {
    id: 'file.save',
    title: 'Save design',
    group: 'File',
    keys: 'mod+s',
    inFields: true,
    when: selectIsDirty,
    run: ({ files }) => void files.save(),
  },
  {
    id: 'file.close',
    title: 'Close design',
    group: 'File',
    when: selectHasDesign,
    run: ({ files, store, dialogs }) =>
      store.getState().document.dirty ? dialogs.ask('close') : files.close(),
  },
  {
    id: 'edit.undo',
    title: 'Undo',
    group: 'Edit',
    keys: 'mod+z',
    when: selectCanUndo,
    run: ({ edits }) => edits.undo(),
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    group: 'Edit',
    keys: 'mod+shift+z',
    when: selectCanRedo,
    run: ({ edits }) => edits.redo(),
  },
  {
    id: 'go.commands',
    title: 'Show commands',
    group: 'Go',
    keys: 'mod+k',
    inFields: true,
    run: ({ view, store }) =>
      view.openOverlay(store.getState().view.overlayOpen === 'actions' ? null : 'actions'),
  },
  {
    id: 'go.find',
    title: 'Find by name',
    group: 'Go',
    keys: 'mod+p',
    inFields: true,
    when: selectHasDesign,
    run: ({ view }) => view.openOverlay('find'),
  },
  {
    id: 'go.nextPart',
    title: 'Go to the next part of the window',
    group: 'Go',
    keys: 'f6',
    inFields: true,
    when: selectHasDesign,
    run: () => focusNextPart(1),
  },
  {
    id: 'go.partBefore',
    title: 'Go to the part of the window before',
    group: 'Go',
    keys: 'shift+f6',
    inFields: true,
    when: selectHasDesign,
    run: () => focusNextPart(-1),
  },
  {
    id: 'view.side',
    title: 'Show or fold the side panel',
    group: 'View',
    keys: 'mod+b',
    inFields: true,
    when: selectHasDesign,
    run: togglePanel('side'),
  },
  {
    id: 'view.bottom',
    title: 'Show or fold the bottom panel',
    group: 'View',
    keys: 'mod+j',
    inFields: true,
    when: selectHasDesign,
    run: togglePanel('bottom'),
  },
  {
    id: 'view.properties',
    title: 'Show or fold the properties',
    group: 'View',
    keys: 'mod+alt+b',
    inFields: true,
    when: selectHasDesign,
    run: ({ store, view }) => view.setPanels({ properties: !selectPropertiesOpen(store.getState()) }),
  },
  {
    id: 'view.theme.system',
    title: 'Follow the system’s colours',
    group: 'View',
    run: ({ view }) => view.setTheme('system'),
  },
  {
    id: 'view.theme.dark',
    title: 'Use dark colours',
    group: 'View',
    run: ({ view }) => view.setTheme('dark'),
  },
  {
    id: 'view.theme.light',
    title: 'Use light colours',
    group: 'View',
    run: ({ view }) => view.setTheme('light'),
  },
];
