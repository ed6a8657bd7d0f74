import type { MillstreamWindow } from '../store/millstream-window.ts';
import { inspectorOf, type Shown } from './inspector-session.ts';

/** Shows a topic or a group in detail, and selects what stands for it on the drawing, if anything does. */
export function show(window: MillstreamWindow, shown: Shown): void {
  inspectorOf(window).view.setState({ shown, tab: shown.kind === 'topic' ? 'topics' : 'groups' });
  const { design } = window.store.getState().document;
  const drawn =
    shown.kind === 'topic'
      ? design?.topics.find((topic) => topic.name === shown.name)
      : design?.services.find((service) => service.applicationId === shown.name);
  if (drawn === undefined) {
    window.view.select([]);
  } else if (!window.store.getState().view.selection.includes(drawn.id)) {
    window.view.reveal(drawn.id);
  }
}

/** Follows a topic's records in the bottom panel, from its end. */
export function tailTopic(window: MillstreamWindow, topic: string): void {
  const { tail } = inspectorOf(window);
  const { question } = tail.view.getState();
  if (question.topic !== topic) {
    tail.start({ ...question, topic, partition: null, filter: '', from: { last: 50 } });
  }
  window.view.showBottomTab('records');
}
