import { useCallback, useEffect } from 'react';
import { z } from 'zod';
import { copyFragment, Fragment } from '#shared/design/commands/fragment.ts';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { useWindow } from '../store/window-context.tsx';
import { counted } from '../strings/counts.ts';
import { showToast } from '../ui/toast.tsx';
import type { Boxes } from './scene.ts';
import type { Run } from './use-run.ts';

const Clip = z.object({
  format: z.literal('millstream-fragment'),
  fragment: Fragment,
  /** The service that the loose operators come from. */
  home: z.string().nullable(),
});
type Clip = z.infer<typeof Clip>;

/** Copy, cut, paste and duplicate, through the system's clipboard, so that it works from window to window. */
export function useClipboard(boxes: Boxes, run: Run, removeSelected: () => void) {
  const { store, view } = useWindow();

  const take = useCallback((): Clip | null => {
    const { document: open, view: now } = store.getState();
    const ids = now.selection.filter((id) => !id.includes(':'));
    if (open.design === null || ids.length === 0) {
      return null;
    }
    const fragment = copyFragment({ ...open.design, layout: { nodes: { ...boxes } } }, ids);
    const first = fragment.operators[0]?.id ?? '';
    const home = indexDesign(open.design).operators.get(first)?.service.id ?? null;
    return { format: 'millstream-fragment', fragment, home };
  }, [boxes, store]);

  const put = useCallback(
    (clip: Clip) => {
      const { design } = store.getState().document;
      if (design === null) {
        return;
      }
      const service = homeFor(design, store.getState().view.selection, clip);
      if (clip.fragment.operators.length > 0 && service === null) {
        showToast({ title: 'Operators go into a service. Select one, then paste.' });
        return;
      }
      const before = idsOf(design);
      const pasted = run([
        {
          do: 'insertFragment',
          fragment: clip.fragment,
          ...(service === null ? {} : { service }),
          offset: { x: 32, y: 32 },
        },
      ]);
      const next = store.getState().document.design;
      if (pasted && next !== null) {
        view.select([...idsOf(next)].filter((id) => !before.has(id)));
      }
    },
    [run, store, view],
  );

  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const clip = isTyping(event) ? null : take();
      if (clip === null) {
        return;
      }
      event.preventDefault();
      event.clipboardData?.setData('text/plain', JSON.stringify(clip, null, 2));
      if (event.type === 'cut') {
        removeSelected();
      } else {
        showToast({ title: `Copied ${counted(idCount(clip.fragment), 'thing')}` });
      }
    };
    const onPaste = (event: ClipboardEvent) => {
      const clip = isTyping(event) ? null : readClip(event.clipboardData?.getData('text/plain') ?? '');
      if (clip !== null) {
        event.preventDefault();
        put(clip);
      }
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [take, put, removeSelected]);

  return {
    duplicate: () => {
      const clip = take();
      if (clip !== null) {
        put(clip);
      }
    },
  };
}

function homeFor(design: Design, selection: readonly string[], clip: Clip): string | null {
  const index = indexDesign(design);
  const selected = selection.flatMap((id) => {
    const service = index.services.get(id) ?? index.operators.get(id)?.service;
    return service === undefined ? [] : [service.id];
  });
  if (clip.fragment.operators.length === 0) {
    return null;
  }
  return selected[0] ?? (clip.home !== null && index.services.has(clip.home) ? clip.home : null);
}

function idsOf(design: Design): ReadonlySet<string> {
  const top = [design.topics, design.services, design.externals, design.notes].flat();
  return new Set([...top, ...design.services.flatMap((service) => service.operators)].map(({ id }) => id));
}

function idCount({ topics, services, operators, externals, notes }: Fragment): number {
  return [topics, services, operators, externals, notes].flat().length;
}

function isTyping(event: ClipboardEvent): boolean {
  const { target } = event;
  const field =
    target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"], .nokey');
  const marked = getSelection()?.toString() ?? '';
  return Boolean(field) || marked !== '';
}

function readClip(text: string): Clip | null {
  try {
    const clip = Clip.safeParse(JSON.parse(text));
    return clip.success ? clip.data : null;
  } catch {
    return null;
  }
}
