import { classNames } from './class-names.ts';
import css from './segmented.module.css';
import type { Choice } from './select.tsx';

interface SegmentedProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChoose: (value: V) => void;
}

/** Two to four choices side by side, all in sight. */
export function Segmented<V extends string>({ label, value, choices, onChoose }: SegmentedProps<V>) {
  return (
    <fieldset className={css.group} aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          className={classNames(css.choice, choice.value === value && css.on)}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}
