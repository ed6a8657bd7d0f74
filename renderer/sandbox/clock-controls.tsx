import { Pause, Play } from 'lucide-react';
import { useWindowState } from '../store/window-context.tsx';
import { formatClock, formatInstant } from '../strings/record-times.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import css from './clock-controls.module.css';
import { useSandbox, useSandboxView } from './use-sandbox.ts';

const speeds = [0.5, 1, 2, 5, 10, 20, 50].map((speed) => ({ value: String(speed), label: `${speed}×` }));
const steps = [
  { ms: 1_000, label: '+1 s', name: 'Advance 1 second' },
  { ms: 10_000, label: '+10 s', name: 'Advance 10 seconds' },
  { ms: 60_000, label: '+1 min', name: 'Advance 1 minute' },
];

/** The sandbox's clock: stop it, let it run, choose its speed, or let a piece of time pass at once. */
export function ClockControls() {
  const sandbox = useSandbox();
  const now = useWindowState((state) => state.connection.virtualTime);
  const { running, speed } = useSandboxView(({ state }) => ({
    running: state?.running ?? true,
    speed: String(state?.speed ?? 1),
  }));
  const choices = speeds.some(({ value }) => value === speed)
    ? speeds
    : [{ value: speed, label: `${speed}×` }, ...speeds];
  return (
    <section className={css.clock} aria-label="Virtual time">
      <div className={css.head}>
        <time className={css.time} title={now === null ? undefined : formatInstant(now)}>
          {now === null ? '––:––:––' : formatClock(now)}
        </time>
        <Badge tone={running ? 'ok' : 'warning'}>{running ? 'running' : 'paused'}</Badge>
      </div>
      <div className={css.row}>
        <Button
          size="sm"
          icon={running ? <Pause size={13} aria-hidden="true" /> : <Play size={13} aria-hidden="true" />}
          className={css.toggle}
          onClick={() => void sandbox.act({ do: running ? 'pause' : 'resume' })}
        >
          {running ? 'Pause' : 'Resume'}
        </Button>
        <Select
          small
          aria-label="Speed"
          className={css.speed}
          value={speed}
          choices={choices}
          onChoose={(chosen) => void sandbox.act({ do: 'speed', speed: Number(chosen) })}
        />
      </div>
      <fieldset className={css.steps} aria-label="Let time pass at once">
        {steps.map(({ ms, label, name }) => (
          <Button
            key={ms}
            size="sm"
            look="quiet"
            title={name}
            className={css.step}
            onClick={() => void sandbox.act({ do: 'advance', ms })}
          >
            <span className="visually-hidden">{name} </span>
            {label}
          </Button>
        ))}
      </fieldset>
    </section>
  );
}
