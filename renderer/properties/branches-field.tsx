import { Plus, X } from 'lucide-react';
import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';
import css from './branches-field.module.css';
import { ExpressionInput } from './expression-input.tsx';
import type { OwnSpec } from './field-spec.ts';

type Branch = OperatorOf<'branch'>;
type OneBranch = Branch['branches'][number];

/** The conditions of a branch, in the order in which they are tried. */
export const branchesField: OwnSpec<Branch> = {
  control: 'own',
  field: 'branches',
  label: 'Outputs',
  hint: 'A record goes to the first whose condition holds, else to “otherwise”.',
  render: (operator, change) => <Branches operator={operator} change={change} />,
};

interface BranchesProps {
  readonly operator: Branch;
  readonly change: (operator: Branch) => void;
}

function Branches({ operator, change }: BranchesProps) {
  const { branches } = operator;
  const set = (next: readonly OneBranch[]) => change({ ...operator, branches: [...next] });
  const add = () => {
    const taken = new Set(branches.map((branch) => branch.id));
    let number = branches.length + 1;
    while (taken.has(`branch-${number}`)) {
      number += 1;
    }
    set([...branches, { id: `branch-${number}`, name: `branch ${number}`, condition: '' }]);
  };
  return (
    <div className={css.branches}>
      {branches.map((branch) => (
        <BranchRow
          key={branch.id}
          branch={branch}
          last={branches.length === 1}
          change={(next) => set(branches.map((each) => (each.id === branch.id ? next : each)))}
          remove={() => set(branches.filter((each) => each.id !== branch.id))}
        />
      ))}
      <Button size="sm" look="quiet" icon={<Plus size={13} aria-hidden="true" />} onClick={add}>
        Add an output
      </Button>
    </div>
  );
}

interface BranchRowProps {
  readonly branch: OneBranch;
  readonly last: boolean;
  readonly change: (branch: OneBranch) => void;
  readonly remove: () => void;
}

function BranchRow({ branch, last, change, remove }: BranchRowProps) {
  const name = useDraftValue(branch.name, (text) =>
    text.trim() === '' ? undefined : change({ ...branch, name: text.trim() }),
  );
  return (
    <div className={css.branch}>
      <TextInput
        aria-label="Name of the output"
        value={name.text}
        onChange={(event) => name.onChange(event.currentTarget.value)}
        onBlur={name.flush}
      />
      <IconButton label={`Remove output ${branch.name}`} size="sm" disabled={last} onClick={remove}>
        <X size={14} aria-hidden="true" />
      </IconButton>
      <div className={css.condition}>
        <ExpressionInput
          id={undefined}
          label={`Condition of ${branch.name}`}
          value={branch.condition}
          invalid={false}
          describedBy={undefined}
          onCommit={(condition) => change({ ...branch, condition: condition ?? '' })}
        />
      </div>
    </div>
  );
}
