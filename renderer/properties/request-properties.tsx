import { ArrowRightLeft } from 'lucide-react';
import type { Request } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { commandProblemWords } from '../strings/command-problems.ts';
import { PanelHeader } from '../ui/panel-header.tsx';
import { Section } from '../ui/section.tsx';
import type { FieldSpec } from './field-spec.ts';
import { Form } from './form.tsx';
import css from './properties-panel.module.css';

const fields: readonly FieldSpec<Request>[] = [
  serviceField('from', 'Asks'),
  serviceField('to', 'Answers'),
  {
    control: 'text',
    field: 'note',
    label: 'What is asked',
    placeholder: 'GET /price',
    read: (request) => request.note ?? '',
    write: (request, note) => ({ ...request, note: note === '' ? undefined : note }),
  },
];

function serviceField(field: 'from' | 'to', label: string): FieldSpec<Request> {
  return {
    control: 'reference',
    to: 'service',
    field,
    label,
    read: (request) => request[field],
    write: (request, id) => (id === null ? request : { ...request, [field]: id }),
  };
}

/** A request between two services, which is a line and not a box. */
export function RequestProperties({ request }: { readonly request: Request }) {
  const { edits, store } = useWindow();
  const services = indexDesign(useWindowState(selectDesign)).services;
  const change = (next: Request, field: string): string | null => {
    const { design } = store.getState().document;
    if (next === request || design === null) {
      return null;
    }
    const problem = edits.apply(
      [
        { do: 'removeRequest', request: request.id },
        { do: 'addRequest', request: next },
      ],
      `${request.id}.${field}`,
      'changing a request',
    );
    return problem === null ? null : commandProblemWords(design, problem);
  };
  const nameOf = (id: string) => services.get(id)?.name ?? id;
  return (
    <>
      <PanelHeader title="Request" icon={<ArrowRightLeft size={15} aria-hidden="true" />} />
      <div className={css.body}>
        <p className={css.summary}>
          {nameOf(request.from)} asks {nameOf(request.to)} and waits for the answer, outside Kafka: while one
          is down, so is the other.
        </p>
        <Section title="Request">
          <Form id={request.id} thing={request} fields={fields} diagnostics={[]} onChange={change} />
        </Section>
      </div>
    </>
  );
}
