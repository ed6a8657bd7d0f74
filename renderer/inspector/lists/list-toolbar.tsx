import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { type Choice, Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useInspector, useInspectorView } from '../use-inspector.ts';
import css from './list-toolbar.module.css';

interface ListToolbarProps<O extends string> {
  /** `topics`, `groups`. */
  readonly what: string;
  readonly order: O;
  readonly orders: readonly Choice<O>[];
  readonly onOrder: (order: O) => void;
  readonly onRefresh: () => void;
  /** How many there are and how many are shown. */
  readonly count: string;
  readonly end?: ReactNode;
}

/** Over a list: words to narrow it, an order, and how much of it is shown. */
export function ListToolbar<O extends string>(props: ListToolbarProps<O>) {
  const { what, order, orders, onOrder, onRefresh, count, end } = props;
  const { view } = useInspector();
  const words = useInspectorView((state) => state.words);
  return (
    <div className={css.toolbar}>
      <div className={css.line}>
        <TextInput
          type="search"
          aria-label={`Filter ${what}`}
          placeholder={`Filter ${what}`}
          className={css.filter}
          value={words}
          onChange={(event) => view.setState({ words: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && words !== '') {
              event.stopPropagation();
              view.setState({ words: '' });
            }
          }}
        />
        <IconButton label={`Read the ${what} again`} size="sm" onClick={onRefresh}>
          <RefreshCw size={13} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={css.line}>
        <span className={css.count} role="status">
          {count}
        </span>
        {end}
        <Select
          small
          aria-label={`Order of ${what}`}
          className={css.order}
          value={order}
          choices={orders}
          onChoose={onOrder}
        />
      </div>
    </div>
  );
}
