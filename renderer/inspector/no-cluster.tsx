import { Radar } from 'lucide-react';
import { useWindow } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import css from './no-cluster.module.css';

interface NoClusterProps {
  /** What would be here. */
  readonly title: string;
  readonly text: string;
}

/** Stands in the place of everything that needs a cluster while there is none. */
export function NoCluster({ title, text }: NoClusterProps) {
  const window = useWindow();
  const start = window.features
    .flatMap((feature) => feature.actions ?? [])
    .find((action) => action.id === 'sandbox.start');
  return (
    <EmptyState
      icon={<Radar size={22} aria-hidden="true" />}
      title={title}
      text={text}
      action={
        <span className={css.buttons}>
          {start === undefined ? null : (
            <Button look="primary" onClick={() => start.run(window)}>
              Start the sandbox
            </Button>
          )}
          <Button
            onClick={() => {
              window.view.chooseActivity('connections');
              window.view.setPanels({ side: true });
            }}
          >
            Connect to Kafka
          </Button>
        </span>
      }
    />
  );
}
