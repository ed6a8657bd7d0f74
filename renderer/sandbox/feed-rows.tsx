import { Pause, Play } from 'lucide-react';
import type { SandboxState } from '#shared/contract/sandbox.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { formatCount } from '../strings/counts.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Section } from '../ui/section.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useDraftValue } from '../ui/use-draft-value.ts';
import css from './feed-rows.module.css';
import { useSandbox, useSandboxView } from './use-sandbox.ts';

type FeedState = SandboxState['feeds'][number];

/** The world outside, as feeds that can be slowed, hurried or held. */
export function FeedRows() {
  const feeds = useSandboxView(({ state }) => state?.feeds ?? []);
  if (feeds.length === 0) {
    return null;
  }
  return (
    <Section title="Feeds" count={feeds.length}>
      <ul className={css.feeds} aria-label="Feeds">
        {feeds.map((feed) => (
          <FeedRow key={feed.feed} feed={feed} />
        ))}
      </ul>
    </Section>
  );
}

function FeedRow({ feed: { feed: id, perSecond, sent, paused } }: { readonly feed: FeedState }) {
  const sandbox = useSandbox();
  const design = useSandboxView(({ runs }) => runs);
  const feed = design === null ? undefined : indexDesign(design).feeds.get(id);
  const name = feed?.name ?? id;
  const done = feed?.count !== undefined && sent >= feed.count;
  return (
    <li className={css.feed} aria-label={name}>
      <span className={css.name} title={name}>
        {name}
      </span>
      <span className={css.sent}>
        {formatCount(sent)} sent{done ? ', all' : paused ? ', paused' : ''}
      </span>
      {done ? null : (
        <>
          {feed?.perSecond === 0 ? null : (
            <RateInput
              name={name}
              perSecond={perSecond}
              onChange={(rate) => void sandbox.act({ do: 'feed', feed: id, paused, perSecond: rate })}
            />
          )}
          <IconButton
            label={paused ? `Resume ${name}` : `Pause ${name}`}
            size="sm"
            className={css.pause}
            onClick={() => void sandbox.act({ do: 'feed', feed: id, paused: !paused, perSecond })}
          >
            {paused ? <Play size={13} aria-hidden="true" /> : <Pause size={13} aria-hidden="true" />}
          </IconButton>
        </>
      )}
    </li>
  );
}

interface RateInputProps {
  readonly name: string;
  readonly perSecond: number;
  readonly onChange: (perSecond: number) => void;
}

/** Records a second: typed, or stepped with the arrow keys. */
function RateInput({ name, perSecond, onChange }: RateInputProps) {
  const draft = useDraftValue(String(perSecond), (text) => {
    const rate = Number(text);
    if (text.trim() !== '' && Number.isFinite(rate)) {
      onChange(Math.min(10_000, Math.max(0, rate)));
    }
  });
  return (
    <span className={css.rate}>
      <TextInput
        type="number"
        mono
        aria-label={`Records a second of ${name}`}
        min={0}
        max={10_000}
        step={perSecond < 1 ? 0.1 : 1}
        value={draft.text}
        onChange={(event) => draft.onChange(event.currentTarget.value)}
        onBlur={draft.flush}
        onKeyDown={(event) => (event.key === 'Enter' ? draft.flush() : undefined)}
      />
      /s
    </span>
  );
}
