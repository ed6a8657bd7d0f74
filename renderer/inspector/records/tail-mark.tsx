import { useStore } from 'zustand';
import { Badge } from '../../ui/badge.tsx';
import { useInspector } from '../use-inspector.ts';

/** On the tab: whether records are followed now. */
export function TailMark() {
  const { tail } = useInspector();
  const phase = useStore(tail.view, (state) => state.phase);
  return phase === 'following' ? <Badge tone="ok">live</Badge> : null;
}
