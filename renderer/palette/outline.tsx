import { type ReactNode, useMemo } from 'react';
import type { Design } from '#shared/design/design.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { ServiceGlyph, TableGlyph, TopicGlyph } from '../ui/kafka-glyphs.tsx';
import { operatorGlyphs } from '../ui/operator-glyphs.ts';
import { Section } from '../ui/section.tsx';
import css from './outline.module.css';

/** The whole design as lists: pressing a name selects the thing and brings it into view. */
export function Outline() {
  const design = useWindowState(selectDesign);
  return (
    <div className={css.outline}>
      <Services design={design} />
      <Topics design={design} />
      <Schemas design={design} />
    </div>
  );
}

function Services({ design }: { readonly design: Design }) {
  return (
    <Section title="Services" count={design.services.length}>
      <ul className={css.list}>
        {design.services.map((service) => (
          <li key={service.id}>
            <Row id={service.id} glyph={<ServiceGlyph size={15} />} name={service.name} />
            <ul>
              {service.operators.map((operator) => {
                const Glyph = operatorGlyphs[operator.kind];
                return (
                  <li key={operator.id}>
                    <Row id={operator.id} glyph={<Glyph size={14} />} name={operator.name} inner />
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Topics({ design }: { readonly design: Design }) {
  const topics = useMemo(
    () => design.topics.toSorted((a, b) => a.name.localeCompare(b.name)),
    [design.topics],
  );
  return (
    <Section title="Topics" count={topics.length}>
      <ul className={css.list}>
        {topics.map((topic) => (
          <li key={topic.id}>
            <Row
              id={topic.id}
              glyph={
                <span className={css[topic.role]}>
                  <TopicGlyph size={15} />
                </span>
              }
              name={topic.name}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Schemas({ design }: { readonly design: Design }) {
  return (
    <Section title="Schemas" count={design.schemas.length} startsOpen={false}>
      <ul className={css.list}>
        {design.schemas.map((schema) => (
          <li key={schema.id}>
            <Row id={schema.id} glyph={<TableGlyph size={15} />} name={schema.name} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface RowProps {
  readonly id: string;
  readonly glyph: ReactNode;
  readonly name: string;
  readonly inner?: boolean;
}

function Row({ id, glyph, name, inner = false }: RowProps) {
  const { view } = useWindow();
  const selected = useWindowState((state) => state.view.selection.includes(id));
  return (
    <button
      type="button"
      className={classNames(css.row, inner && css.inner, selected && css.selected)}
      aria-current={selected ? 'true' : undefined}
      onClick={() => view.reveal(id)}
    >
      <span className={css.glyph}>{glyph}</span>
      <span className={css.name}>{name}</span>
    </button>
  );
}
