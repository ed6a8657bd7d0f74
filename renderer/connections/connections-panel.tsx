import { Plug } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { PanelHeader } from '../ui/panel-header.tsx';
import { Section } from '../ui/section.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { connectionOf } from './cluster-connection.ts';
import { ClusterInViewFacts } from './cluster-facts.tsx';
import css from './connections-panel.module.css';
import { RecentClusters } from './recent-clusters.tsx';

/** Which cluster the window looks at, and how to look at another one. */
export function ConnectionsPanel() {
  return (
    <>
      <PanelHeader title="Connections" icon={<Plug size={15} aria-hidden="true" />} />
      <div className={css.panel}>
        <ClusterInViewFacts />
        <Section title="Connect to Kafka">
          <ConnectForm />
        </Section>
        <RecentClusters />
      </div>
    </>
  );
}

function ConnectForm() {
  const connection = connectionOf(useWindow());
  const { phase, bootstrap, problem } = useStore(connection.state);
  const runsSandbox = useWindowState((state) => state.connection.cluster?.kind === 'sandbox');
  const [typed, setTyped] = useState(bootstrap);
  const id = useId();
  useEffect(() => setTyped(bootstrap), [bootstrap]);
  const connecting = phase === 'connecting';
  const connect = (event: FormEvent) => {
    event.preventDefault();
    void connection.connect(typed);
  };
  return (
    <form className={css.form} onSubmit={connect} aria-label="Connect to Kafka">
      <Field
        label="Bootstrap address"
        hint="host:port of one broker or more, with commas between them."
        problem={problem ?? undefined}
      >
        {({ id: fieldId, describedBy, invalid }) => (
          <TextInput
            id={fieldId}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            mono
            placeholder="localhost:9092"
            value={typed}
            disabled={connecting}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
      <div className={css.buttons}>
        <Button type="submit" look="primary" disabled={connecting} aria-describedby={`${id}-note`}>
          {connecting ? 'Connecting …' : problem === null ? 'Connect' : 'Try again'}
        </Button>
        {connecting ? (
          <Button look="quiet" onClick={connection.cancel}>
            Cancel
          </Button>
        ) : null}
      </div>
      <p id={`${id}-note`} className={css.note}>
        {runsSandbox
          ? 'Connecting ends the sandbox and its records.'
          : 'Millstream only reads: it joins no group and commits nothing.'}
      </p>
    </form>
  );
}
