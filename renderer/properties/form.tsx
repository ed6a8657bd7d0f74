import { Fragment } from 'react';
import type { Diagnostic } from '#shared/checks/diagnostic.ts';
import { FieldControl } from './field-control.tsx';
import type { FieldSpec } from './field-spec.ts';
import css from './form.module.css';

interface FormProps<T> {
  readonly id: string;
  readonly thing: T;
  readonly fields: readonly FieldSpec<T>[];
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Makes the change; the answer is why it was refused, or null. `field` merges typing into one undo step.
   */
  readonly onChange: (thing: T, field: string) => string | null;
}

/** A form made of descriptions: what can be set of a thing, each with what is wrong with it. */
export function Form<T>({ id, thing, fields, diagnostics, onChange }: FormProps<T>) {
  const shown = fields.filter((field) => field.when?.(thing) ?? true);
  return (
    <div className={css.form}>
      {shown.map((spec) => {
        const said = diagnostics.find(
          ({ where, severity }) => severity !== 'info' && fieldOf(where.field, shown) === spec,
        );
        const problem = said?.severity === 'error' ? said.message : undefined;
        const warning = said?.severity === 'warning' ? said.message : undefined;
        return (
          <Fragment key={`${id} ${spec.field} ${spec.label}`}>
            <FieldControl
              spec={spec}
              thing={thing}
              problem={problem}
              warning={warning}
              onChange={(next) => onChange(next, spec.field)}
            />
          </Fragment>
        );
      })}
    </div>
  );
}

/**
 * The field that a problem is shown at: the one it names, the whole it is a part of, or the first of its
 * parts.
 */
function fieldOf<S extends { readonly field: string }>(
  named: string | undefined,
  specs: readonly S[],
): S | undefined {
  if (named === undefined) {
    return undefined;
  }
  return (
    specs.find(({ field }) => field === named) ??
    specs.find(({ field }) => named.startsWith(`${field}[`) || named.startsWith(`${field}.`)) ??
    specs.find(({ field }) => field.startsWith(`${named}.`))
  );
}
