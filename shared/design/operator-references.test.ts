import { expect, it } from 'vitest';
import { z } from 'zod';
import { operatorReferences, type ReferenceSlot } from './operator-references.ts';
import { Operator } from './operators/registry.ts';
import { Id, TypeRef } from './types.ts';

/** The slot that a field's zod type calls for; null for a field that refers to nothing. */
function slotCalledFor(field: unknown): 'id' | 'ids' | 'type' | null {
  if (field === TypeRef) return 'type';
  if (field === Id) return 'id';
  if (field instanceof z.ZodNullable || field instanceof z.ZodOptional) return slotCalledFor(field.unwrap());
  if (field instanceof z.ZodArray) return slotCalledFor(field.element) === 'id' ? 'ids' : null;
  return null;
}

const fits: Readonly<Record<'id' | 'ids' | 'type', readonly ReferenceSlot[]>> = {
  id: ['readsTopic', 'writesTopic', 'external', 'schema'],
  ids: ['writesTopics'],
  type: ['type'],
};

it('lists every field of every operator that holds an id or a type', () => {
  for (const option of Operator.options) {
    const kind = option.shape.kind.value;
    const slots: Readonly<Record<string, ReferenceSlot | undefined>> = operatorReferences[kind];
    for (const [name, field] of Object.entries(option.shape)) {
      if (name === 'id') continue;
      const called = slotCalledFor(field);
      if (called === null) expect(slots[name], `${kind}.${name}`).toBeUndefined();
      else expect(fits[called], `${kind}.${name}`).toContain(slots[name]);
    }
  }
});
