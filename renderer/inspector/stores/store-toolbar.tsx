import { RefreshCw } from 'lucide-react';
import { type StoreContent, storeKinds } from '#shared/contract/inspect.ts';
import { storeKindWords } from '../../strings/store-words.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { formatDuration, parseDuration } from '../../ui/durations.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useDraftValue } from '../../ui/use-draft-value.ts';
import type { StoreChoice } from './store-choices.ts';
import css from './store-toolbar.module.css';

export interface StoreQuestion {
  readonly kind: 'auto' | StoreContent['kind'];
  readonly windowSizeMs: number | null;
  readonly contains: string;
  /** Read again every few seconds. */
  readonly auto: boolean;
}

interface StoreToolbarProps {
  readonly choice: StoreChoice;
  readonly drawn: readonly StoreChoice[];
  readonly others: readonly StoreChoice[];
  readonly question: StoreQuestion;
  readonly windowed: boolean;
  readonly onChoose: (changelog: string) => void;
  readonly onAsk: (change: Partial<StoreQuestion>) => void;
  readonly onRefresh: () => void;
}

const kinds: readonly { readonly value: StoreQuestion['kind']; readonly label: string }[] = [
  { value: 'auto', label: 'Tell the kind' },
  ...storeKinds.map((value) => ({ value, label: storeKindWords[value] })),
];

/** Which store is read, how its bytes are taken, and which entries are shown. */
export function StoreToolbar(props: StoreToolbarProps) {
  const { choice, drawn, others, question, windowed, onChoose, onAsk, onRefresh } = props;
  const words = useDraftValue(question.contains, (contains) => onAsk({ contains: contains.trim() }));
  return (
    <div className={css.toolbar} role="toolbar" aria-label="Store to read">
      <Select
        small
        aria-label="Store"
        className={css.store}
        title={choice.changelog}
        value={choice.changelog}
        choices={[]}
        groups={[
          { label: 'In the design', choices: toChoices(drawn) },
          { label: 'Other changelogs on the cluster', choices: toChoices(others) },
        ].filter((group) => group.choices.length > 0)}
        onChoose={onChoose}
      />
      <Select
        small
        aria-label="Kind of store"
        className={css.kind}
        value={question.kind}
        choices={kinds}
        onChoose={(kind) => onAsk({ kind })}
      />
      {windowed ? <WindowSize windowSizeMs={question.windowSizeMs} onAsk={onAsk} /> : null}
      <TextInput
        type="search"
        aria-label="Filter entries"
        placeholder="Key or value contains"
        className={css.words}
        value={words.text}
        onChange={(event) => words.onChange(event.currentTarget.value)}
        onBlur={words.flush}
        onKeyDown={(event) => (event.key === 'Enter' ? words.flush() : undefined)}
      />
      <span className={css.end}>
        <Checkbox label="Auto" checked={question.auto} onChange={(auto) => onAsk({ auto })} />
        <IconButton label="Read the store again" size="sm" onClick={onRefresh}>
          <RefreshCw size={13} aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  );
}

interface WindowSizeProps {
  readonly windowSizeMs: number | null;
  readonly onAsk: (change: Partial<StoreQuestion>) => void;
}

/** A changelog holds only the start of a window: its end follows from the size, which is not on the cluster. */
function WindowSize({ windowSizeMs, onAsk }: WindowSizeProps) {
  const draft = useDraftValue(windowSizeMs === null ? '' : formatDuration(windowSizeMs), (text) => {
    const size = parseDuration(text);
    if (text.trim() === '') {
      onAsk({ windowSizeMs: null });
    } else if (size !== null && size > 0) {
      onAsk({ windowSizeMs: size });
    }
  });
  const wrong = draft.text.trim() !== '' && (parseDuration(draft.text) ?? 0) <= 0;
  return (
    <TextInput
      mono
      aria-label="Window size"
      aria-invalid={wrong}
      placeholder="Window size"
      title="The size of the windows, such as 5 min: a changelog does not hold it."
      className={css.window}
      value={draft.text}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onBlur={draft.flush}
    />
  );
}

function toChoices(stores: readonly StoreChoice[]) {
  return stores.map(({ changelog, label }) => ({ value: changelog, label }));
}
