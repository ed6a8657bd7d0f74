import { MissingTopicError } from '../errors.ts';
import type { TopologyPlan } from '../internals/plan.ts';

/** Says what the application used a topic for that was deleted, and what to do; other errors stay as they are. */
export function explainMissingTopic(error: unknown, plan: TopologyPlan): unknown {
  if (!(error instanceof MissingTopicError)) return error;
  const { topic } = error;
  const gone = 'was deleted while the application ran';
  const internal = plan.internalTopics.find(({ name }) => name === topic);
  if (internal !== undefined) {
    const lost = internal.kind === 'changelog' ? 'what its store held' : 'what waited in it';
    return new MissingTopicError(
      topic,
      `The ${internal.kind} topic "${topic}" ${gone}, and ${lost} with it: ` +
        'stop all instances and reset the application, or go on without by starting it again.',
    );
  }
  const role = plan.externalSinkTopics.includes(topic) ? 'output' : 'source';
  return new MissingTopicError(
    topic,
    `The ${role} topic "${topic}" ${gone}: create it, then start the application again.`,
  );
}
