import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';
import css from './rows.module.css';

export type Pairs = Readonly<Record<string, string>>;

interface PairRowsProps {
  readonly pairs: Pairs;
  /** Names that are offered while one types. */
  readonly known: readonly string[];
  /** The names that have a field of their own elsewhere, with the words that say where. */
  readonly elsewhere: Readonly<Record<string, string>>;
  readonly change: (pairs: Pairs) => void;
}

/** Settings by name, as Kafka spells them: one row each. */
export function PairRows({ pairs, known, elsewhere, change }: PairRowsProps) {
  const [adding, setAdding] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const listId = useId();
  const entries = Object.entries(pairs);
  const rename = (before: string | null, text: string): void => {
    const name = text.trim();
    setAdding(false);
    const problem = name === '' || name === before ? null : problemOf(name, pairs, elsewhere);
    setRefused(problem);
    if (name === '' || name === before || problem !== null) {
      return;
    }
    change(
      before === null
        ? { ...pairs, [name]: '' }
        : Object.fromEntries(entries.map(([key, value]) => [key === before ? name : key, value])),
    );
  };
  return (
    <div className={css.rows}>
      <datalist id={listId}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {entries.map(([name, value]) => (
        <div key={name} className={css.pair}>
          <NameInput name={name} listId={listId} rename={(text) => rename(name, text)} />
          <ValueInput name={name} value={value} set={(next) => change({ ...pairs, [name]: next })} />
          <IconButton
            label={`Remove ${name}`}
            size="sm"
            onClick={() => change(Object.fromEntries(entries.filter(([key]) => key !== name)))}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      {adding ? (
        <NameInput name="" listId={listId} rename={(text) => rename(null, text)} fresh />
      ) : (
        <Button
          size="sm"
          look="quiet"
          className={css.add}
          icon={<Plus size={13} aria-hidden="true" />}
          onClick={() => setAdding(true)}
        >
          Add a setting
        </Button>
      )}
      {refused === null ? null : (
        <p className={css.refused} role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}

function problemOf(name: string, pairs: Pairs, elsewhere: Readonly<Record<string, string>>): string | null {
  if (Object.hasOwn(pairs, name)) {
    return `${name} is set already.`;
  }
  return Object.hasOwn(elsewhere, name) ? `${name} is set ${elsewhere[name]}.` : null;
}

/** A name is taken when it is whole: half of one would be a setting of its own. */
const untilLeft = 3_600_000;

interface NameInputProps {
  readonly name: string;
  readonly listId: string;
  readonly fresh?: boolean;
  readonly rename: (text: string) => void;
}

function NameInput({ name, listId, fresh = false, rename }: NameInputProps) {
  const draft = useDraftValue(name, rename, untilLeft);
  return (
    <TextInput
      mono
      aria-label={fresh ? 'Name of the new setting' : `Name of setting ${name}`}
      list={listId}
      placeholder="setting.name"
      autoFocus={fresh}
      value={draft.text}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onBlur={(event) => (event.currentTarget.value === name ? rename(name) : draft.flush())}
      onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
    />
  );
}

interface ValueInputProps {
  readonly name: string;
  readonly value: string;
  readonly set: (value: string) => void;
}

function ValueInput({ name, value, set }: ValueInputProps) {
  const draft = useDraftValue(value, (text) => set(text.trim()));
  return (
    <TextInput
      mono
      aria-label={`Value of ${name}`}
      placeholder="value"
      value={draft.text}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onBlur={draft.flush}
      onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
    />
  );
}
