import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import css from './field.module.css';

export interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

interface FieldProps {
  readonly label: string;
  /** One sentence on what the field means; hidden while there is a problem. */
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly warning?: string | undefined;
  readonly inline?: boolean;
  readonly after?: ReactNode;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** A label, a control and one sentence below it. */
export function Field({ label, hint, problem, warning, inline = false, after, children }: FieldProps) {
  const id = useId();
  const said = problem ?? warning ?? hint;
  const textId = said === undefined ? undefined : `${id}-text`;
  return (
    <div className={classNames(css.field, inline && css.inline)}>
      <div className={css.head}>
        <label className={css.label} htmlFor={id}>
          {label}
        </label>
        {after}
      </div>
      <div className={css.control}>
        {children({ id, describedBy: textId, invalid: problem !== undefined })}
      </div>
      {said === undefined ? null : (
        <p
          id={textId}
          className={classNames(
            css.text,
            problem !== undefined ? css.problem : warning !== undefined && css.warning,
          )}
          role={problem === undefined ? undefined : 'alert'}
        >
          {said}
        </p>
      )}
    </div>
  );
}
