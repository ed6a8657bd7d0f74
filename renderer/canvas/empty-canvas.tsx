import { useWindow } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ServiceGlyph, TopicGlyph } from '../ui/kafka-glyphs.tsx';
import css from './empty-canvas.module.css';

const firstWords =
  'Add the topic that your system is about, then the services that write and read it. ' +
  'Drag from the palette, or begin here.';

/** The first thing one sees of a new design. */
export function EmptyCanvas() {
  const { view } = useWindow();
  return (
    <div className={css.empty}>
      <EmptyState
        title="Start with an event"
        text={firstWords}
        action={
          <div className={css.actions}>
            <Button
              look="primary"
              icon={<TopicGlyph size={16} />}
              onClick={() => view.wishOfCanvas({ do: 'add', item: { add: 'topic', role: 'event' } })}
            >
              Add a topic
            </Button>
            <Button
              icon={<ServiceGlyph size={16} />}
              onClick={() => view.wishOfCanvas({ do: 'add', item: { add: 'service' } })}
            >
              Add a service
            </Button>
          </div>
        }
      />
    </div>
  );
}
