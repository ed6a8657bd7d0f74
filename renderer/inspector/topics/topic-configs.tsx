import { useMemo, useState } from 'react';
import type { ConfigEntry } from '#shared/contract/cluster-types.ts';
import { counted } from '../../strings/counts.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration } from '../../ui/durations.ts';
import { Section } from '../../ui/section.tsx';
import css from '../detail-page.module.css';

/** How the topic is set up: what was set on it first, then, on demand, the defaults. */
export function TopicConfigs({ configs }: { readonly configs: readonly ConfigEntry[] }) {
  const [defaults, setDefaults] = useState(false);
  const [own, rest] = useMemo(() => {
    const sorted = configs.toSorted((a, b) => a.name.localeCompare(b.name));
    return [sorted.filter((each) => each.overridden), sorted.filter((each) => !each.overridden)];
  }, [configs]);
  return (
    <Section title="Configuration" count={own.length}>
      {own.length === 0 ? <p className={css.none}>Nothing is set on the topic itself.</p> : null}
      <dl className={css.configs} aria-label="Configuration">
        {[...own, ...(defaults ? rest : [])].map((entry) => (
          <Config key={entry.name} entry={entry} />
        ))}
      </dl>
      {rest.length === 0 ? null : (
        <Button size="sm" look="quiet" aria-expanded={defaults} onClick={() => setDefaults(!defaults)}>
          {defaults ? 'Hide the defaults' : `Show ${counted(rest.length, 'default')}`}
        </Button>
      )}
    </Section>
  );
}

function Config({ entry: { name, value, overridden } }: { readonly entry: ConfigEntry }) {
  return (
    <div className={classNames(css.config, !overridden && css.default)}>
      <dt title={name}>{name}</dt>
      <dd title={configHint(name, value)}>{value === null ? 'hidden' : value === '' ? '""' : value}</dd>
    </div>
  );
}

/** A count of milliseconds also in words. */
function configHint(name: string, value: string | null): string {
  const ms = Number(value);
  if (value !== null && name.endsWith('.ms') && Number.isSafeInteger(ms) && ms > 0 && ms < 1e15) {
    return `${value} ms, ${formatDuration(ms)}`;
  }
  return value ?? 'The broker does not tell it.';
}
