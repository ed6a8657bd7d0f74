import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { portValueType } from '#shared/design/queries/port-value-type.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import type { OwnSpec } from './field-spec.ts';
import css from './rows.module.css';

type Query = OperatorOf<'httpQuery'>;

/** The fields of the table's value that a query answers with. */
export const answeredFields: OwnSpec<Query> = {
  control: 'own',
  field: 'fields',
  label: 'Fields answered',
  render: (operator, change) => <AnsweredFields operator={operator} change={change} />,
};

interface AnsweredFieldsProps {
  readonly operator: Query;
  readonly change: (operator: Query) => void;
}

function AnsweredFields({ operator, change }: AnsweredFieldsProps) {
  const design = useWindowState(selectDesign);
  const type = portValueType(design, operator.id, 'in').value;
  const schema =
    type !== null && typeof type === 'object' && 'ref' in type
      ? indexDesign(design).schemas.get(type.ref)
      : undefined;
  const names = schema?.kind === 'record' ? schema.fields.map(({ name }) => name) : [];
  const chosen = operator.fields ?? names;
  const strays = chosen.filter((name) => !names.includes(name));
  if (names.length === 0 && strays.length === 0) {
    return (
      <p className={css.none}>The whole value. Connect a table of records to choose among its fields.</p>
    );
  }
  const set = (name: string, on: boolean) => {
    const next = [...names, ...strays].filter((each) => (each === name ? on : chosen.includes(each)));
    const isWhole = strays.length === 0 && next.length === names.length;
    if (next.length > 0) {
      change({ ...operator, fields: isWhole ? undefined : next });
    }
  };
  return (
    <div className={css.rows}>
      {[...names, ...strays].map((name) => (
        <Checkbox
          key={name}
          label={name}
          {...(strays.includes(name) ? { hint: 'Not a field of this table’s value.' } : {})}
          checked={chosen.includes(name)}
          disabled={chosen.length === 1 && chosen.includes(name)}
          onChange={(on) => set(name, on)}
        />
      ))}
    </div>
  );
}
