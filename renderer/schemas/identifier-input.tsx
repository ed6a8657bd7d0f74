import { useState } from 'react';
import { Identifier } from '#shared/design/types.ts';
import { TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';

interface IdentifierInputProps {
  readonly label: string;
  readonly value: string;
  /** Names that are taken beside this one. */
  readonly taken: readonly string[];
  readonly className?: string | undefined;
  readonly onCommit: (name: string) => void;
}

/** A name that must be an identifier and differ from its neighbours. */
export function IdentifierInput({ label, value, taken, className, onCommit }: IdentifierInputProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const draft = useDraftValue(value, (text) => {
    const wrong = Identifier.safeParse(text).success
      ? taken.includes(text)
        ? 'This name is taken.'
        : null
      : 'Letters, digits and underscores, not starting with a digit.';
    setProblem(wrong);
    if (wrong === null && text !== value) {
      onCommit(text);
    }
  });
  return (
    <TextInput
      mono
      aria-label={label}
      aria-invalid={problem !== null}
      title={problem ?? ''}
      className={className}
      value={draft.text}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onBlur={draft.flush}
      onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
    />
  );
}
