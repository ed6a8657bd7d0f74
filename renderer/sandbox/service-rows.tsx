import { Plus, Power, RotateCcw } from 'lucide-react';
import type { SandboxInstance } from '#shared/contract/sandbox.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { useWindow } from '../store/window-context.tsx';
import { counted } from '../strings/counts.ts';
import { instanceWords } from '../strings/instance-words.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ServiceGlyph } from '../ui/kafka-glyphs.tsx';
import { Section } from '../ui/section.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import css from './service-rows.module.css';
import { useSandbox, useSandboxView } from './use-sandbox.ts';

/** The services that run, each with its instances, and what can happen to them. */
export function ServiceRows() {
  const services = useSandboxView(({ state }) => state?.services ?? null);
  if (services === null) {
    return null;
  }
  return (
    <Section title="Services" count={services.length}>
      {services.length === 0 ? <p className={css.none}>The design has no service yet.</p> : null}
      <ul className={css.services}>
        {services.map(({ service, instances }) => (
          <ServiceRow key={service} id={service} instances={instances} />
        ))}
      </ul>
    </Section>
  );
}

interface ServiceRowProps {
  readonly id: string;
  readonly instances: readonly SandboxInstance[];
}

function ServiceRow({ id, instances }: ServiceRowProps) {
  const { view } = useWindow();
  const sandbox = useSandbox();
  const name = useSandboxView(({ runs }) =>
    runs === null ? id : (indexDesign(runs).services.get(id)?.name ?? id),
  );
  return (
    <li className={css.service} aria-label={name}>
      <div className={css.head}>
        <button type="button" className={css.name} title={`Show ${name}`} onClick={() => view.reveal(id)}>
          <ServiceGlyph size={14} />
          <span>{name}</span>
        </button>
        <IconButton
          label={`Add an instance of ${name}`}
          size="sm"
          onClick={() => void sandbox.act({ do: 'addInstance', service: id })}
        >
          <Plus size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <ul aria-label={`Instances of ${name}`}>
        {instances.map((instance) => (
          <InstanceRow key={instance.id} instance={instance} />
        ))}
      </ul>
    </li>
  );
}

function InstanceRow({ instance }: { readonly instance: SandboxInstance }) {
  const sandbox = useSandbox();
  const { id, state, tasks, failure } = instance;
  const { word, tone, hint } = instanceWords[state];
  const number = id.slice(id.lastIndexOf('#'));
  const ended = state === 'crashed' || state === 'failed';
  return (
    <li className={css.instance} aria-label={id}>
      <div className={css.line}>
        <span className={css.number}>{number}</span>
        <Badge tone={tone} title={hint}>
          {word}
        </Badge>
        <Tooltip text={tasks.length === 0 ? 'It runs no task.' : tasks.join('  ')} side="right">
          <span className={css.tasks}>{counted(tasks.length, 'task')}</span>
        </Tooltip>
        <IconButton
          label={ended ? `Restart instance ${number}` : `Crash instance ${number}`}
          size="sm"
          onClick={() => void sandbox.act({ do: ended ? 'restart' : 'crash', instance: id })}
        >
          {ended ? <RotateCcw size={13} aria-hidden="true" /> : <Power size={13} aria-hidden="true" />}
        </IconButton>
      </div>
      {failure === null ? null : <p className={css.failure}>{failure}</p>}
    </li>
  );
}
