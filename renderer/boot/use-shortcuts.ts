import { useEffect } from 'react';
import type { Action } from '../store/action.ts';
import type { Feature } from '../store/feature.ts';
import type { MillstreamWindow } from '../store/millstream-window.ts';
import { handOverDrafts } from '../ui/use-draft-value.ts';
import { allActions } from './all-actions.ts';

/** Runs the action whose keys are pressed. */
export function useShortcuts(window: MillstreamWindow, features: readonly Feature[]): void {
  useEffect(() => {
    const actions = allActions(features).filter((action) => action.keys !== undefined);
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actions.find((candidate) => matches(candidate, event));
      // What is typed last belongs to what the action does: nothing waits for the pause in typing.
      if (action?.inFields === true) {
        handOverDrafts();
      }
      const state = window.store.getState();
      if (action === undefined || event.defaultPrevented || !(action.when?.(state) ?? true)) {
        if (action !== undefined && action.id === 'file.save') {
          event.preventDefault();
        }
        return;
      }
      if (isField(event.target) && action.inFields !== true) {
        return;
      }
      event.preventDefault();
      action.run(window);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [window, features]);
}

/** Whether keys typed here belong to what is typed, not to the window. */
export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"], .nokey') !==
      null
  );
}

function matches(action: Action, event: KeyboardEvent): boolean {
  const parts = (action.keys ?? '').split('+');
  const key = parts.at(-1) ?? '';
  const wants = (modifier: string) => parts.includes(modifier);
  const pressed = event.key.toLowerCase();
  const same = pressed === key || event.code.toLowerCase() === `key${key}`;
  return (
    same &&
    (event.ctrlKey || event.metaKey) === wants('mod') &&
    event.shiftKey === wants('shift') &&
    event.altKey === wants('alt')
  );
}
