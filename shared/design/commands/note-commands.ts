import { z } from 'zod';
import { Box, NoteBox } from '../design.ts';
import { Id } from '../types.ts';
import { additionProblem, assignFields, defineCommand, placeBox, placeOf } from './design-edit.ts';
import { removeOne } from './remove-things.ts';

export const addNote = defineCommand({
  schema: z.strictObject({ do: z.literal('addNote'), note: NoteBox, box: Box.optional() }),
  apply: (edit, { note, box }) => {
    const problem = additionProblem(edit.design, note.id, []);
    if (problem) return problem;
    edit.draft.notes.push(note);
    placeBox(edit, note.id, box);
    edit.touched.add(note.id);
    return null;
  },
});

export const updateNote = defineCommand({
  schema: z.strictObject({ do: z.literal('updateNote'), note: NoteBox }),
  apply: ({ design, draft, touched }, { note }) => {
    const at = placeOf(design.notes, note.id);
    if (at === null) return { code: 'unknown-id', id: note.id };
    assignFields(draft.notes[at], design.notes[at], note);
    touched.add(note.id);
    return null;
  },
});

export const removeNote = defineCommand({
  schema: z.strictObject({ do: z.literal('removeNote'), note: Id }),
  apply: (edit, { note }) => removeOne(edit, 'notes', note),
});
