import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useWindow } from '../store/window-context.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Section } from '../ui/section.tsx';
import { connectionOf } from './cluster-connection.ts';
import css from './connections-panel.module.css';

/** Addresses that a connection was made to before; pressing one connects again. */
export function RecentClusters() {
  const connection = connectionOf(useWindow());
  const { recent, phase, cluster, bootstrap } = useStore(connection.state);
  const others = recent.filter((address) => cluster === null || address !== bootstrap);
  if (others.length === 0) {
    return null;
  }
  return (
    <Section title="Recent" count={others.length}>
      <ul className={css.recent} aria-label="Recent clusters">
        {others.map((address) => (
          <li key={address} className={css.recentRow}>
            <button
              type="button"
              className={css.address}
              disabled={phase === 'connecting'}
              title={`Connect to ${address}`}
              onClick={() => void connection.connect(address)}
            >
              {address}
            </button>
            <IconButton label={`Forget ${address}`} size="sm" onClick={() => connection.forget(address)}>
              <X size={13} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}
