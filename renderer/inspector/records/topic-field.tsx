import { useCallback, useEffect, useId, useMemo, useState } from 'react';
import { useWindow } from '../../store/window-context.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useClusterHandle } from '../use-inspector.ts';
import { usePolled } from '../use-polled.ts';
import css from './records-toolbar.module.css';

const mostOffered = 60;

interface TopicFieldProps {
  readonly topic: string;
  readonly onChoose: (topic: string) => void;
}

/** A topic by name, with the names that fit offered while one types. */
export function TopicField({ topic, onChoose }: TopicFieldProps) {
  const [typed, setTyped] = useState(topic);
  const id = useId();
  const names = useTopicNames();
  useEffect(() => setTyped(topic), [topic]);
  const offered = useMemo(() => {
    const wanted = typed === topic ? '' : typed.toLowerCase();
    return names.filter((name) => name.toLowerCase().includes(wanted)).slice(0, mostOffered);
  }, [names, typed, topic]);
  const choose = (name: string) => {
    if (name !== topic && name !== '') {
      onChoose(name);
    }
  };
  return (
    <span className={css.topic}>
      <TextInput
        mono
        aria-label="Topic"
        placeholder="Topic"
        list={id}
        value={typed}
        onChange={(event) => {
          const name = event.currentTarget.value;
          setTyped(name);
          // A name that was chosen from the list comes whole, in one change.
          if (names.includes(name) && !(event.nativeEvent instanceof InputEvent && event.nativeEvent.data)) {
            choose(name);
          }
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            choose(typed.trim());
          }
          if (event.key === 'Escape' && typed !== topic) {
            event.stopPropagation();
            setTyped(topic);
          }
        }}
        onBlur={() => (names.includes(typed.trim()) ? choose(typed.trim()) : setTyped(topic))}
      />
      <datalist id={id}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </span>
  );
}

function useTopicNames(): readonly string[] {
  const { client } = useWindow();
  const cluster = useClusterHandle();
  const ask = useCallback(
    async (signal: AbortSignal) => (await client.inspect.topics({ cluster: cluster ?? '' }, signal)).topics,
    [client, cluster],
  );
  const { value } = usePolled(cluster === null ? null : ask, 30_000);
  return useMemo(() => value?.map(({ name }) => name) ?? [], [value]);
}
