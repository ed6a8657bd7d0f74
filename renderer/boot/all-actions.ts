import type { Action } from '../store/action.ts';
import type { Feature } from '../store/feature.ts';
import { frameActions } from './frame-actions.ts';

/** Every action there is: of the frame, and of the features. */
export function allActions(features: readonly Feature[]): readonly Action[] {
  return [...frameActions, ...features.flatMap((feature) => feature.actions ?? [])];
}
