import { FlaskConical, RotateCcw, Square } from 'lucide-react';
import { useMemo } from 'react';
import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PanelHeader } from '../ui/panel-header.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ClockControls } from './clock-controls.tsx';
import { FeedRows } from './feed-rows.tsx';
import { RequestForm } from './request-form.tsx';
import { runsDifferently } from './runs-differently.ts';
import css from './sandbox-panel.module.css';
import { ServiceRows } from './service-rows.tsx';
import { useSandbox, useSandboxView } from './use-sandbox.ts';

/** The controls of the simulated cluster. */
export function SandboxPanel() {
  const sandbox = useSandbox();
  const phase = useSandboxView((view) => view.phase);
  const buttons = (
    <>
      <IconButton label="Restart the sandbox" size="sm" onClick={() => void sandbox.start()}>
        <RotateCcw size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label="Stop the sandbox" size="sm" onClick={() => void sandbox.stop()}>
        <Square size={13} aria-hidden="true" />
      </IconButton>
    </>
  );
  return (
    <>
      <PanelHeader
        title="Sandbox"
        icon={<FlaskConical size={15} aria-hidden="true" />}
        end={phase === 'on' ? buttons : null}
      />
      <div className={css.panel}>
        {phase === 'off' ? <Start /> : null}
        {phase === 'starting' ? <Skeleton label="Starting the sandbox" rows={6} /> : null}
        {phase === 'on' ? <Controls /> : null}
      </div>
    </>
  );
}

function Start() {
  const sandbox = useSandbox();
  const problem = useSandboxView((view) => view.problem);
  const kafka = useWindowState(({ connection: { cluster } }) =>
    cluster?.kind === 'kafka' ? cluster.label : null,
  );
  return (
    <>
      {problem === null ? null : <Problem title="The sandbox does not run" text={problem} />}
      <div className={css.fill}>
        <EmptyState
          icon={<FlaskConical size={22} aria-hidden="true" />}
          title="Run the design without a cluster"
          text={
            kafka === null
              ? 'Topics, groups, instances and stores in memory, on a clock you can stop. Feeds play the world outside.'
              : `Topics, groups, instances and stores in memory. Starting it disconnects from ${kafka}.`
          }
          action={
            <Button look="primary" onClick={() => void sandbox.start()}>
              {problem === null ? 'Start the sandbox' : 'Try again'}
            </Button>
          }
        />
      </div>
    </>
  );
}

function Controls() {
  const refusal = useSandboxView((view) => view.refusal);
  const problem = useSandboxView((view) => view.problem);
  return (
    <>
      {problem === null ? (
        <ChangedHint />
      ) : (
        <Problem title="The changed design does not run, so the one before goes on" text={problem} />
      )}
      <ClockControls />
      {refusal === null ? null : (
        <p className={css.refusal} role="alert">
          {refusal}
        </p>
      )}
      <ServiceRows />
      <FeedRows />
      <RequestForm />
    </>
  );
}

function Problem({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className={css.problem} role="alert">
      <strong>{title}</strong>
      <span>{text}</span>
    </div>
  );
}

/** What runs is the design as it was; says so once it has become another one. */
function ChangedHint() {
  const sandbox = useSandbox();
  const design = useWindowState(selectDesign);
  const runs = useSandboxView((view) => view.runs);
  const changed = useMemo(() => runs !== null && runsDifferently(runs, design), [runs, design]);
  if (!changed) {
    return null;
  }
  return (
    <div className={css.changed} role="status">
      <span>The design has changed since the start.</span>
      <Button size="sm" onClick={() => void sandbox.start()}>
        Restart
      </Button>
    </div>
  );
}
