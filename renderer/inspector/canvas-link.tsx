import { useEffect } from 'react';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { changelogTopic } from '#shared/design/queries/kafka-names.ts';
import { selectDesign, selectOnlySelected } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { inspectorOf, type Shown } from './inspector-session.ts';

/** While one inspects, what is selected on the drawing is what is shown in detail; elsewhere only its store is taken. */
export function CanvasLink() {
  const window = useWindow();
  const selected = useWindowState(selectOnlySelected);
  const inspects = useWindowState((state) => state.view.activity === 'inspect');
  useEffect(() => {
    if (selected === null) {
      return;
    }
    const { view, tail } = inspectorOf(window);
    const found = standsFor(selectDesign(window.store.getState()), selected);
    if (found.changelog !== null) {
      view.setState({ changelog: found.changelog });
    }
    if (!inspects || found.shown === null) {
      return;
    }
    view.setState({ shown: found.shown, tab: found.shown.kind === 'topic' ? 'topics' : 'groups' });
    const { question, phase } = tail.view.getState();
    const follows = phase === 'following' || window.store.getState().view.panels.bottomTab === 'records';
    if (found.shown.kind === 'topic' && follows && question.topic !== found.shown.name) {
      tail.start({ ...question, topic: found.shown.name, partition: null, filter: '', from: { last: 50 } });
    }
  }, [window, selected, inspects]);
  useFirstTopic(selected);
  return null;
}

/** Who opens the records with a topic selected, and follows none yet, wants to see that one. */
function useFirstTopic(selected: string | null): void {
  const window = useWindow();
  const asksForRecords = useWindowState((state) => state.view.panels.bottomTab === 'records');
  useEffect(() => {
    if (!asksForRecords || selected === null) {
      return;
    }
    const { tail } = inspectorOf(window);
    const { question } = tail.view.getState();
    const { shown } = standsFor(selectDesign(window.store.getState()), selected);
    if (shown?.kind === 'topic' && question.topic === '') {
      tail.start({ ...question, topic: shown.name, partition: null, filter: '', from: { last: 50 } });
    }
  }, [window, asksForRecords, selected]);
}

interface StandsFor {
  readonly shown: Shown | null;
  readonly changelog: string | null;
}

/** What a thing of the drawing is on a cluster. */
export function standsFor(design: Design, id: string): StandsFor {
  const { topics, services, operators } = indexDesign(design);
  const topic = topics.get(id);
  if (topic !== undefined) {
    return { shown: { kind: 'topic', name: topic.name }, changelog: null };
  }
  const operator = operators.get(id.replace(/^reads:/, ''));
  const service = services.get(id) ?? operator?.service;
  if (service === undefined) {
    return { shown: null, changelog: null };
  }
  return {
    shown: { kind: 'group', name: service.applicationId },
    changelog: operator === undefined ? null : changelogTopic(service, operator.operator),
  };
}
