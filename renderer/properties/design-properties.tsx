import type { Design } from '#shared/design/design.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { commandProblemWords } from '../strings/command-problems.ts';
import { counted } from '../strings/counts.ts';
import { PanelHeader } from '../ui/panel-header.tsx';
import { Section } from '../ui/section.tsx';
import css from './design-properties.module.css';
import type { FieldSpec } from './field-spec.ts';
import { Form } from './form.tsx';

const fields: readonly FieldSpec<Design>[] = [
  {
    control: 'text',
    field: 'name',
    label: 'Name',
    read: (design) => design.name,
    write: (design, name) => (name.trim() === '' ? design : { ...design, name }),
  },
  {
    control: 'longText',
    field: 'note',
    label: 'What it is about',
    read: (design) => design.note ?? '',
    write: (design, note) => ({ ...design, note }),
  },
];

/** While nothing is selected: the design as a whole. */
export function DesignProperties() {
  const { edits } = useWindow();
  const design = useWindowState(selectDesign);
  const partitions = design.topics.reduce((sum, topic) => sum + topic.partitions, 0);
  const facts = [
    ['Services', counted(design.services.length, 'service')],
    ['Topics', counted(design.topics.length, 'topic')],
    ['Partitions', counted(partitions, 'partition')],
    ['Operators', counted(design.services.flatMap((each) => each.operators).length, 'operator')],
    ['Schemas', counted(design.schemas.length, 'schema')],
  ] as const;
  return (
    <>
      <PanelHeader title="Design" />
      <div className={css.body}>
        <Section title="Design">
          <Form
            id="design"
            thing={design}
            fields={fields}
            diagnostics={[]}
            onChange={(next, field) => {
              const problem = edits.apply(
                [{ do: 'renameDesign', name: next.name, note: next.note ?? '' }],
                `design.${field}`,
              );
              return problem === null ? null : commandProblemWords(design, problem);
            }}
          />
        </Section>
        <Section title="Content">
          <dl className={css.facts}>
            {facts.map(([title, text]) => (
              <div key={title} className={css.fact}>
                <dt>{title}</dt>
                <dd>{text.split(' ')[0]}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </>
  );
}
