import { Copy, Maximize, PencilLine, Trash2, Workflow } from 'lucide-react';
import type { MillstreamWindow } from '../store/millstream-window.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import type { MenuEntry } from '../ui/menu.tsx';

/** What can be done to what is under the pointer, or to the drawing where nothing is. */
export function useCanvasMenu(): readonly MenuEntry[] {
  const { view } = useWindow();
  const count = useWindowState((state) => state.view.selection.length);
  const wish = (what: Parameters<typeof view.wishOfCanvas>[0]) => () => view.wishOfCanvas(what);
  if (count === 0) {
    return [
      {
        id: 'fit',
        label: 'Fit the drawing',
        icon: <Maximize size={14} />,
        keys: 'mod+0',
        run: wish({ do: 'fit' }),
      },
      {
        id: 'arrange',
        label: 'Arrange the drawing',
        icon: <Workflow size={14} />,
        keys: 'mod+shift+l',
        run: wish({ do: 'arrange' }),
      },
    ];
  }
  return [
    {
      id: 'rename',
      label: 'Rename',
      icon: <PencilLine size={14} />,
      keys: 'f2',
      disabled: count > 1,
      run: wish({ do: 'rename' }),
    },
    {
      id: 'duplicate',
      label: 'Duplicate',
      icon: <Copy size={14} />,
      keys: 'mod+d',
      run: wish({ do: 'duplicate' }),
    },
    {
      id: 'remove',
      label: 'Remove',
      icon: <Trash2 size={14} />,
      keys: 'delete',
      danger: true,
      startsGroup: true,
      run: wish({ do: 'remove' }),
    },
  ];
}

/** Before the menu opens: selects what is under the pointer, unless it is part of the selection already. */
export function selectUnder(
  target: EventTarget,
  select: (ids: readonly string[]) => void,
  store: MillstreamWindow['store'],
): void {
  const thing = target instanceof Element ? target.closest('.react-flow__node, .react-flow__edge') : null;
  const id = thing?.getAttribute('data-id') ?? null;
  if (id === null) {
    select([]);
  } else if (!store.getState().view.selection.includes(id)) {
    select([id]);
  }
}
