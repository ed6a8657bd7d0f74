import { z } from 'zod';
import { Box, Feed } from '../design.ts';
import { feedReferences } from '../references.ts';
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

export const addFeed = defineCommand({
  schema: z.strictObject({ do: z.literal('addFeed'), feed: Feed, box: Box.optional() }),
  apply: (edit, { feed, box }) => {
    const problem = additionProblem(edit.design, feed.id, feedReferences(feed));
    if (problem) return problem;
    edit.draft.feeds.push(feed);
    placeBox(edit, feed.id, box);
    edit.touched.add(feed.id);
    return null;
  },
});

export const updateFeed = defineCommand({
  schema: z.strictObject({
    do: z.literal('updateFeed'),
    feed: Id,
    changes: Feed.omit({ id: true }).partial(),
  }),
  apply: ({ design, draft, touched }, { feed: id, changes }) => {
    const at = placeOf(design.feeds, id);
    if (at === null) return { code: 'unknown-id', id };
    const result = withChanges(Feed, design.feeds[at] ?? {}, changes);
    if (result.problem) return result.problem;
    const problem = danglingProblem(design, feedReferences(result.changed));
    if (problem) return problem;
    assignFields(draft.feeds[at], design.feeds[at], result.changed);
    touched.add(id);
    return null;
  },
});

export const removeFeed = defineCommand({
  schema: z.strictObject({ do: z.literal('removeFeed'), feed: Id }),
  apply: (edit, { feed }) => removeOne(edit, 'feeds', feed),
});
