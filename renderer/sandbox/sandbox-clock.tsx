import { Clock, Pause } from 'lucide-react';
import { useWindowState } from '../store/window-context.tsx';
import { formatClock, formatInstant } from '../strings/record-times.ts';
import { StatusItem } from '../ui/status-item.tsx';
import css from './sandbox-clock.module.css';
import { useSandbox, useSandboxView } from './use-sandbox.ts';

/** In the status bar: the time on the sandbox's own clock, and how fast it goes. Pressing it pauses or resumes. */
export function SandboxClock() {
  const sandbox = useSandbox();
  const now = useWindowState((state) => state.connection.virtualTime);
  const { running, speed } = useSandboxView(({ state }) => ({
    running: state?.running ?? false,
    speed: state?.speed ?? 1,
  }));
  if (now === null) {
    return null;
  }
  const pace = running ? `${speed}×` : 'paused';
  return (
    <StatusItem
      before="Virtual time"
      after={running ? 'Pause the sandbox' : 'Resume the sandbox'}
      title={`Virtual time: ${formatInstant(now)}`}
      onPress={() => void sandbox.act({ do: running ? 'pause' : 'resume' })}
    >
      {running ? <Clock size={13} aria-hidden="true" /> : <Pause size={13} aria-hidden="true" />}
      <span className={css.clock}>{formatClock(now)}</span>
      <span className={css.pace}>{pace}</span>
    </StatusItem>
  );
}
