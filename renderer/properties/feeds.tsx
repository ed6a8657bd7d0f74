import { Plus, X } from 'lucide-react';
import { newId } from '#shared/design/create.ts';
import type { Feed } from '#shared/design/design.ts';
import { feedsInto } from '#shared/design/queries/topic-use.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { commandProblemWords } from '../strings/command-problems.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Section } from '../ui/section.tsx';
import { feedFields } from './feed-form.ts';
import css from './feeds.module.css';
import { Form } from './form.tsx';

/** The records made for a topic or a gateway in the sandbox and in tests. */
export function Feeds({ into }: { readonly into: Feed['into'] }) {
  const { edits } = useWindow();
  const design = useWindowState(selectDesign);
  const target = 'topic' in into ? into.topic : into.gateway;
  const feeds = feedsInto(design, target);
  const add = () =>
    edits.apply([
      {
        do: 'addFeed',
        feed: { id: newId(design, `feed-${target}`), name: 'New feed', into, value: '', perSecond: 1 },
      },
    ]);
  return (
    <Section
      title="Feeds"
      count={feeds.length}
      startsOpen={feeds.length > 0}
      end={
        <IconButton label="Add a feed" size="sm" onClick={add}>
          <Plus size={14} aria-hidden="true" />
        </IconButton>
      }
    >
      {feeds.length === 0 ? (
        <p className={css.none}>
          No records are made for this yet.{' '}
          <Button size="sm" look="quiet" onClick={add}>
            Add a feed
          </Button>
        </p>
      ) : null}
      {feeds.map((feed) => (
        <OneFeed key={feed.id} feed={feed} />
      ))}
    </Section>
  );
}

function OneFeed({ feed }: { readonly feed: Feed }) {
  const { edits, store } = useWindow();
  const all = useWindowState((state) => state.document.diagnostics);
  const change = ({ id, ...changes }: Feed, field: string): string | null => {
    const { design } = store.getState().document;
    const problem = edits.apply([{ do: 'updateFeed', feed: id, changes }], `${id}.${field}`);
    return problem === null || design === null ? null : commandProblemWords(design, problem);
  };
  return (
    <div className={css.feed}>
      <div className={css.head}>
        <span className={css.name}>{feed.name}</span>
        <IconButton
          label={`Remove feed ${feed.name}`}
          size="sm"
          onClick={() => edits.apply([{ do: 'removeFeed', feed: feed.id }])}
        >
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <Form
        id={feed.id}
        thing={feed}
        fields={feedFields}
        diagnostics={all.filter((each) => each.where.id === feed.id)}
        onChange={change}
      />
    </div>
  );
}
