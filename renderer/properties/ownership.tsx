import type { Topic } from '#shared/design/design.ts';
import { readersOf, type TopicUse, writersOf } from '#shared/design/queries/topic-use.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { Section } from '../ui/section.tsx';
import css from './ownership.module.css';

/** Who writes a topic, with the types each one owns, and who reads it. */
export function Ownership({ topic }: { readonly topic: Topic }) {
  const design = useWindowState(selectDesign);
  const writers = writersOf(design, topic.id);
  const readers = readersOf(design, topic.id);
  return (
    <Section title="Writers and readers" count={writers.length + readers.length}>
      <Uses title="Written by" uses={writers} topic={topic} />
      <Uses title="Read by" uses={readers} topic={topic} />
    </Section>
  );
}

interface UsesProps {
  readonly title: string;
  readonly uses: readonly TopicUse[];
  readonly topic: Topic;
}

function Uses({ title, uses, topic }: UsesProps) {
  const { view } = useWindow();
  return (
    <>
      <h4 className={css.title}>{title}</h4>
      {uses.length === 0 ? <p className={css.none}>Nobody yet</p> : null}
      <ul>
        {uses.map((use) => {
          const { id, name } = placeOf(use);
          const owned = use.by === 'operator' && title === 'Written by' ? ownedBy(topic, use.service.id) : [];
          return (
            <li key={id}>
              <button type="button" className={css.use} onClick={() => view.reveal(id)}>
                <span className={css.name}>{name}</span>
                <span className={css.types}>{owned.join(', ')}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function placeOf(use: TopicUse): { readonly id: string; readonly name: string } {
  return use.by === 'operator'
    ? { id: use.operator.id, name: `${use.service.name} / ${use.operator.name}` }
    : { id: use.external.id, name: use.external.name };
}

function ownedBy(topic: Topic, service: string): readonly string[] {
  return topic.ownership?.owners.find((owner) => owner.service === service)?.types ?? [];
}
