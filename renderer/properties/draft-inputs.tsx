import { formatDuration, parseDuration } from '../ui/durations.ts';
import type { FieldIds } from '../ui/field.tsx';
import { TextArea, TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';
import type { DurationSpec, NumberSpec, TextSpec } from './field-spec.ts';

interface InputProps<S, V> {
  readonly ids: FieldIds;
  readonly spec: S;
  readonly value: V;
  /** Says why what is typed cannot be taken; null when it can. */
  readonly refuse: (problem: string | null) => void;
  readonly onCommit: (value: V) => void;
}

export function ShapedTextInput<T>(props: InputProps<TextSpec<T>, string>) {
  const { ids, spec, value, refuse, onCommit } = props;
  const draft = useDraftValue(value, (text) => {
    const checked = spec.shape?.safeParse(text);
    if (checked !== undefined && !checked.success) {
      refuse(sentence(checked.error.issues[0]?.message ?? 'this does not fit here'));
      return;
    }
    refuse(null);
    onCommit(text);
  });
  const shared = {
    id: ids.id,
    mono: spec.mono ?? false,
    placeholder: spec.placeholder,
    'aria-invalid': ids.invalid,
    'aria-describedby': ids.describedBy,
    value: draft.text,
    onBlur: draft.flush,
  };
  return spec.control === 'longText' ? (
    <TextArea {...shared} onChange={(event) => draft.onChange(event.currentTarget.value)} />
  ) : (
    <TextInput
      {...shared}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
    />
  );
}

export function NumberInput<T>(props: InputProps<NumberSpec<T>, number | null>) {
  const { ids, spec, value, refuse, onCommit } = props;
  const draft = useDraftValue(value === null ? '' : String(value), (text) => {
    const read = readNumber(text, spec);
    refuse(read.problem);
    if (read.problem === null) {
      onCommit(read.value);
    }
  });
  return (
    <TextInput
      id={ids.id}
      inputMode="decimal"
      placeholder={spec.emptyMeans}
      aria-invalid={ids.invalid}
      aria-describedby={ids.describedBy}
      value={draft.text}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onBlur={draft.flush}
      onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
    />
  );
}

type ReadNumber = { readonly problem: null; readonly value: number | null } | { readonly problem: string };

export function readNumber<T>(
  text: string,
  spec: Pick<NumberSpec<T>, 'min' | 'max' | 'whole' | 'emptyMeans'>,
): ReadNumber {
  const trimmed = text.trim();
  if (trimmed === '') {
    return spec.emptyMeans === undefined
      ? { problem: 'This needs a number.' }
      : { problem: null, value: null };
  }
  const value = Number(trimmed);
  const fits =
    Number.isFinite(value) &&
    value >= spec.min &&
    value <= spec.max &&
    (spec.whole !== true || Number.isInteger(value));
  return fits
    ? { problem: null, value }
    : { problem: `This is a ${spec.whole === true ? 'whole ' : ''}number from ${spec.min} to ${spec.max}.` };
}

export function DurationInput<T>(props: InputProps<DurationSpec<T>, number | null>) {
  const { ids, spec, value, refuse, onCommit } = props;
  const draft = useDraftValue(
    value === null ? '' : formatDuration(value),
    (text) => {
      if (text.trim() === '' && spec.emptyMeans !== undefined) {
        refuse(null);
        onCommit(null);
        return;
      }
      const ms = parseDuration(text);
      const fits = ms !== null && ms >= (spec.atLeastMs ?? 0);
      refuse(fits ? null : 'Write a time like 5 min, 90 s or 1 h 30 min.');
      if (fits) {
        onCommit(ms);
      }
    },
    900,
  );
  return (
    <TextInput
      id={ids.id}
      placeholder={spec.emptyMeans ?? '5 min'}
      aria-invalid={ids.invalid}
      aria-describedby={ids.describedBy}
      value={draft.text}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onBlur={draft.flush}
      onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
    />
  );
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return whole.endsWith('.') ? whole : `${whole}.`;
}
