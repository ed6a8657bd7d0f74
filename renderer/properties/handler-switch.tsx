import { Braces, FunctionSquare } from 'lucide-react';
import type { Expression } from '#shared/design/types.ts';
import { IconButton } from '../ui/icon-button.tsx';
import css from './handler-switch.module.css';

interface HandlerSwitchProps {
  readonly label: string;
  readonly value: Expression | undefined;
  readonly suggested: string;
  readonly onChange: (value: Expression | undefined) => void;
}

/** What CEL cannot say is a function in the user's own file: changes an expression into one, and back. */
export function HandlerSwitch({ label, value, suggested, onChange }: HandlerSwitchProps) {
  const isHandler = typeof value === 'object';
  return (
    <IconButton
      label={`${isHandler ? 'Use an expression' : 'Use a function of your own'} for “${label}”`}
      hint={isHandler ? 'Use an expression' : 'Use a function of your own file instead'}
      size="sm"
      side="left"
      className={css.switch ?? ''}
      onClick={() => onChange(isHandler ? undefined : { handler: suggested })}
    >
      {isHandler ? <Braces size={13} aria-hidden="true" /> : <FunctionSquare size={13} aria-hidden="true" />}
    </IconButton>
  );
}

/** A name for a function: of the operator's own name, so that two operators do not share one by accident. */
export function handlerNameOf(thing: unknown, field: string): string {
  const name = typeof thing === 'object' && thing !== null && 'name' in thing ? String(thing.name) : '';
  const words = `${name} ${field}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const camel = words
    .map((word, index) =>
      index === 0
        ? word.charAt(0).toLowerCase() + word.slice(1)
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join('');
  return (/^[0-9]/.test(camel) ? `_${camel}` : camel).slice(0, 100);
}
