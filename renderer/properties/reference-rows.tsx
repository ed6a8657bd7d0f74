import { Plus, X } from 'lucide-react';
import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import type { OwnSpec } from './field-spec.ts';
import css from './rows.module.css';

/** The topics that the route of a sink may name: each is drawn, and there before a record is written. */
export const routesField: OwnSpec<OperatorOf<'sink'>> = {
  control: 'own',
  field: 'routes',
  label: 'Topics it may name',
  hint: 'Every topic that the expression may give by name; another is an error when it runs.',
  when: (operator) => operator.route !== undefined,
  render: (operator, change) => (
    <TopicRows
      ids={operator.routes ?? []}
      change={(routes) => change({ ...operator, routes: routes.length === 0 ? undefined : [...routes] })}
    />
  ),
};

interface TopicRowsProps {
  readonly ids: readonly string[];
  readonly change: (ids: readonly string[]) => void;
}

function TopicRows({ ids, change }: TopicRowsProps) {
  const topics = useWindowState((state) => selectDesign(state).topics);
  const byName = topics
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const nameOf = (id: string) => byName.find(({ value }) => value === id)?.label ?? id;
  const others = byName.filter(({ value }) => !ids.includes(value));
  return (
    <div className={css.rows}>
      {ids.map((id) => (
        <div key={id} className={css.one}>
          <Select
            aria-label={`Topic ${nameOf(id)}`}
            value={id}
            choices={byName.filter(({ value }) => value === id || !ids.includes(value))}
            onChoose={(next) => change(ids.map((each) => (each === id ? next : each)))}
          />
          <IconButton
            label={`Remove topic ${nameOf(id)}`}
            size="sm"
            onClick={() => change(ids.filter((each) => each !== id))}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      {others.length === 0 ? null : (
        <div className={css.one}>
          <Select
            aria-label="Add a topic it may name"
            value=""
            choices={[{ value: '', label: 'Add a topic …' }, ...others]}
            onChoose={(id) => (id === '' ? undefined : change([...ids, id]))}
          />
          <Plus size={14} aria-hidden="true" />
        </div>
      )}
    </div>
  );
}
