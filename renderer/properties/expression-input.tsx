import type { Expression } from '#shared/design/types.ts';
import { Identifier } from '#shared/design/types.ts';
import { TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';

interface ExpressionInputProps {
  readonly id: string | undefined;
  readonly label?: string;
  readonly value: Expression | undefined;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  readonly placeholder?: string;
  readonly onCommit: (expression: Expression | undefined) => void;
}

/** CEL on one line, or `handler()`, which names a function in the user's own file. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { id, label, value, invalid, describedBy, placeholder, onCommit } = props;
  const draft = useDraftValue(
    expressionToText(value),
    (text) => onCommit(textToExpression(text, value)),
    500,
  );
  return (
    <TextInput
      id={id}
      mono
      aria-label={label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      placeholder={placeholder}
      value={draft.text}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onBlur={draft.flush}
      onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
    />
  );
}

export function expressionToText(value: Expression | undefined): string {
  if (value === undefined) {
    return '';
  }
  return typeof value === 'string' ? value : `${value.handler}()`;
}

/** A bare `name()` is a handler where one stood before; everything else is CEL. */
export function textToExpression(text: string, before: Expression | undefined): Expression | undefined {
  const handler = /^\s*([A-Za-z_][A-Za-z0-9_]*)\(\)\s*$/.exec(text)?.[1];
  if (handler !== undefined && typeof before === 'object' && Identifier.safeParse(handler).success) {
    return { handler };
  }
  return text.trim() === '' ? undefined : text;
}
