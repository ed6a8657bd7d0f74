import { ChevronDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';
import css from './select.module.css';

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: string;
}

export interface ChoiceGroup<V extends string = string> {
  readonly label: string;
  readonly choices: readonly Choice<V>[];
}

interface SelectProps<V extends string>
  extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange' | 'children'> {
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly groups?: readonly ChoiceGroup<V>[];
  readonly onChoose: (value: V) => void;
  readonly small?: boolean;
}

/** The platform's own list, drawn as one of our fields: the most reachable select there is. */
export function Select<V extends string>({
  value,
  choices,
  groups = [],
  onChoose,
  small = false,
  className,
  ...rest
}: SelectProps<V>) {
  return (
    <span className={classNames(css.wrap, small && css.small, className)}>
      <select
        {...rest}
        className={css.select}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value as V)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <ChevronDown className={css.sign} size={14} aria-hidden="true" />
    </span>
  );
}
