import { z } from 'zod';
import { Box, Topic } from '../design.ts';
import { topicReferences } from '../references.ts';
import { Id } from '../types.ts';
import {
  additionProblem,
  assignFields,
  danglingProblem,
  defineCommand,
  placeBox,
  placeOf,
  withChanges,
} from './design-edit.ts';
import { removeOne } from './remove-things.ts';

export const addTopic = defineCommand({
  schema: z.strictObject({ do: z.literal('addTopic'), topic: Topic, box: Box.optional() }),
  apply: (edit, { topic, box }) => {
    const problem = additionProblem(edit.design, topic.id, topicReferences(topic));
    if (problem) return problem;
    edit.draft.topics.push(topic);
    placeBox(edit, topic.id, box);
    edit.touched.add(topic.id);
    return null;
  },
});

/** Changes the fields given; one that is given as undefined goes. */
export const updateTopic = defineCommand({
  schema: z.strictObject({
    do: z.literal('updateTopic'),
    topic: Id,
    changes: Topic.omit({ id: true }).partial(),
  }),
  apply: ({ design, draft, touched }, { topic: id, changes }) => {
    const at = placeOf(design.topics, id);
    if (at === null) return { code: 'unknown-id', id };
    const result = withChanges(Topic, design.topics[at] ?? {}, changes);
    if (result.problem) return result.problem;
    const problem = danglingProblem(design, topicReferences(result.changed));
    if (problem) return problem;
    assignFields(draft.topics[at], design.topics[at], result.changed);
    touched.add(id);
    return null;
  },
});

/** Takes a topic away; operators that used it have none then, and feeds into it go. */
export const removeTopic = defineCommand({
  schema: z.strictObject({ do: z.literal('removeTopic'), topic: Id }),
  apply: (edit, { topic }) => removeOne(edit, 'topics', topic),
});
