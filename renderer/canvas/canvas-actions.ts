import type { Action } from '../store/action.ts';
import { selectHasDesign } from '../store/selectors.ts';
import type { CanvasWish } from '../store/view-state.ts';

const wish =
  (what: CanvasWish): Action['run'] =>
  ({ view }) =>
    view.wishOfCanvas(what);

/** What can be done to the drawing as a whole, and to what is selected on it. */
export const canvasActions: readonly Action[] = [
  {
    id: 'canvas.selectAll',
    title: 'Select all',
    group: 'Edit',
    keys: 'mod+a',
    when: selectHasDesign,
    run: wish({ do: 'selectAll' }),
  },
  {
    id: 'canvas.duplicate',
    title: 'Duplicate the selection',
    group: 'Edit',
    keys: 'mod+d',
    when: hasSelection,
    run: wish({ do: 'duplicate' }),
  },
  {
    id: 'canvas.remove',
    title: 'Remove the selection',
    group: 'Edit',
    keys: 'delete',
    when: hasSelection,
    run: wish({ do: 'remove' }),
  },
  {
    id: 'canvas.rename',
    title: 'Rename the selection',
    group: 'Edit',
    keys: 'f2',
    when: (state) => state.view.selection.length === 1,
    run: wish({ do: 'rename' }),
  },
  {
    id: 'canvas.arrange',
    title: 'Arrange the drawing',
    group: 'Drawing',
    keys: 'mod+shift+l',
    when: selectHasDesign,
    run: wish({ do: 'arrange' }),
  },
  {
    id: 'canvas.fit',
    title: 'Fit the drawing',
    group: 'Drawing',
    keys: 'mod+0',
    when: selectHasDesign,
    run: wish({ do: 'fit' }),
  },
  {
    id: 'canvas.zoomIn',
    title: 'Zoom in',
    group: 'Drawing',
    keys: 'mod+=',
    when: selectHasDesign,
    run: wish({ do: 'zoomIn' }),
  },
  {
    id: 'canvas.zoomOut',
    title: 'Zoom out',
    group: 'Drawing',
    keys: 'mod+-',
    when: selectHasDesign,
    run: wish({ do: 'zoomOut' }),
  },
  {
    id: 'canvas.addTopic',
    title: 'Add a topic',
    group: 'Drawing',
    when: selectHasDesign,
    run: wish({ do: 'add', item: { add: 'topic', role: 'event' } }),
  },
  {
    id: 'canvas.addService',
    title: 'Add a service',
    group: 'Drawing',
    when: selectHasDesign,
    run: wish({ do: 'add', item: { add: 'service' } }),
  },
];

function hasSelection(state: { readonly view: { readonly selection: readonly string[] } }): boolean {
  return state.view.selection.length > 0;
}
