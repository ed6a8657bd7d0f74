import { useEffect, useState } from 'react';
import type { TailStart } from '#shared/contract/inspect.ts';
import { toLocalInput } from '../../strings/record-times.ts';
import { classNames } from '../../ui/class-names.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useNow } from '../use-now.ts';
import css from './records-toolbar.module.css';
import {
  readStart,
  type StartKind,
  startKind,
  startKinds,
  startText,
  startWords,
} from './tail-start-text.ts';

const choices = startKinds.map((kind) => ({ value: kind, label: startWords[kind] }));
const firstTexts: Readonly<Record<StartKind, string>> = {
  end: '',
  start: '',
  last: '50',
  offset: '0',
  timestamp: '',
};

interface StartFieldsProps {
  readonly from: TailStart;
  readonly onChoose: (from: TailStart) => void;
}

/** Where the reading starts. */
export function StartFields({ from, onChoose }: StartFieldsProps) {
  const kind = startKind(from);
  const [text, setText] = useState(startText(from) ?? '');
  const now = useNow(60_000);
  useEffect(() => setText(startText(from) ?? ''), [from]);
  const start = readStart(kind, text);
  const commit = () => {
    if (start !== null && startText(start) !== startText(from)) {
      onChoose(start);
    }
  };
  const chooseKind = (chosen: StartKind) => {
    const first = chosen === 'timestamp' ? toLocalInput(now - 300_000) : firstTexts[chosen];
    const next = readStart(chosen, first);
    if (next !== null) {
      onChoose(next);
    }
  };
  return (
    <span className={css.start}>
      <Select
        small
        aria-label="Start"
        className={css.startKind}
        value={kind}
        choices={choices}
        onChoose={chooseKind}
      />
      {startText(from) === null ? null : (
        <TextInput
          mono
          type={kind === 'timestamp' ? 'datetime-local' : 'number'}
          step={1}
          min={kind === 'timestamp' ? undefined : kind === 'last' ? 1 : 0}
          max={kind === 'last' ? 10_000 : undefined}
          aria-label={fieldNames[kind]}
          aria-invalid={start === null}
          className={classNames(css.startValue, kind === 'timestamp' && css.startTime)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => (event.key === 'Enter' ? commit() : undefined)}
        />
      )}
    </span>
  );
}

const fieldNames: Readonly<Record<StartKind, string>> = {
  end: '',
  start: '',
  last: 'Records of each partition',
  offset: 'Offset to start from',
  timestamp: 'Time to start from',
};
