import { useState } from 'react';
import { assertNever } from '#shared/base/assert-never.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field, type FieldIds } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { DurationInput, NumberInput, ShapedTextInput } from './draft-inputs.tsx';
import { ExpressionInput } from './expression-input.tsx';
import type { FieldSpec } from './field-spec.ts';
import { HandlerSwitch, handlerNameOf } from './handler-switch.tsx';
import { ReferenceSelect } from './reference-select.tsx';
import { TypeSelect } from './type-select.tsx';

interface FieldControlProps<T> {
  readonly spec: FieldSpec<T>;
  readonly thing: T;
  readonly problem: string | undefined;
  readonly warning: string | undefined;
  readonly onChange: (thing: T) => string | null;
}

/** One field: its label, its control, and one sentence when something is wrong. */
export function FieldControl<T>({ spec, thing, problem, warning, onChange }: FieldControlProps<T>) {
  const [refused, setRefused] = useState<string | null>(null);
  const change = (next: T) => setRefused(onChange(next));
  if (spec.control === 'flag') {
    return (
      <Checkbox
        label={spec.label}
        {...(spec.hint === undefined ? {} : { hint: spec.hint })}
        checked={spec.read(thing)}
        onChange={(checked) => change(spec.write(thing, checked))}
      />
    );
  }
  const variables =
    spec.control === 'expression' && spec.variables.length > 0
      ? `Sees ${spec.variables.join(', ')}.`
      : undefined;
  const hint = [spec.hint, variables].filter((part) => part !== undefined).join(' ');
  return (
    <Field
      label={spec.label}
      hint={hint === '' ? undefined : hint}
      problem={refused ?? problem}
      warning={warning}
      after={
        spec.control === 'expression' && spec.handlers !== false ? (
          <HandlerSwitch
            label={spec.label}
            value={spec.read(thing)}
            suggested={handlerNameOf(thing, spec.field)}
            onChange={(value) => change(spec.write(thing, value))}
          />
        ) : null
      }
    >
      {(ids) => <Control spec={spec} thing={thing} ids={ids} change={change} refuse={setRefused} />}
    </Field>
  );
}

interface ControlProps<T> {
  readonly spec: Exclude<FieldSpec<T>, { control: 'flag' }>;
  readonly thing: T;
  readonly ids: FieldIds;
  readonly change: (thing: T) => void;
  readonly refuse: (problem: string | null) => void;
}

function Control<T>({ spec, thing, ids, change, refuse }: ControlProps<T>) {
  switch (spec.control) {
    case 'text':
    case 'longText':
      return (
        <ShapedTextInput
          ids={ids}
          spec={spec}
          value={spec.read(thing)}
          refuse={refuse}
          onCommit={(text) => change(spec.write(thing, text))}
        />
      );
    case 'number':
      return (
        <NumberInput
          ids={ids}
          spec={spec}
          value={spec.read(thing)}
          refuse={refuse}
          onCommit={(value) => change(spec.write(thing, value))}
        />
      );
    case 'duration':
      return (
        <DurationInput
          ids={ids}
          spec={spec}
          value={spec.read(thing)}
          refuse={refuse}
          onCommit={(value) => change(spec.write(thing, value))}
        />
      );
    case 'choice':
      return (
        <Select
          id={ids.id}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.invalid}
          value={spec.read(thing)}
          choices={spec.choices}
          onChoose={(value) => change(spec.write(thing, value))}
        />
      );
    case 'segments':
      return (
        <Segmented
          label={spec.label}
          value={spec.read(thing)}
          choices={spec.choices}
          onChoose={(value) => change(spec.write(thing, value))}
        />
      );
    case 'expression':
      return (
        <ExpressionInput
          id={ids.id}
          value={spec.read(thing)}
          invalid={ids.invalid}
          describedBy={ids.describedBy}
          placeholder={spec.optional === true ? 'none' : ''}
          onCommit={(value) => change(spec.write(thing, value))}
        />
      );
    case 'type':
      return (
        <TypeSelect ids={ids} value={spec.read(thing)} onChoose={(type) => change(spec.write(thing, type))} />
      );
    case 'reference':
      return (
        <ReferenceSelect
          ids={ids}
          to={spec.to}
          value={spec.read(thing)}
          onChoose={(id) => change(spec.write(thing, id))}
        />
      );
    case 'own':
      return spec.render(thing, change);
    default:
      return assertNever(spec, 'field');
  }
}
