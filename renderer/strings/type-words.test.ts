import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scalarTypes, type TypeRef } from '#shared/design/types.ts';
import { keyToType, typeChoices, typeToKey, typeWords } from './type-words.ts';

const { type } = fc.letrec<{ type: TypeRef }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...scalarTypes),
    fc.record({ ref: fc.constantFrom('order', 'map', 'list-of-things') }),
    fc.record({ list: tie('type') }),
    fc.record({ map: tie('type') }),
  ),
}));

test('every type has a key that gives it back', () => {
  fc.assert(
    fc.property(type, (each) => {
      expect(keyToType(typeToKey(each))).toEqual(each);
    }),
  );
});

test('a key that is no type is refused', () => {
  expect(keyToType('decimal')).toBeNull();
  expect(keyToType('list:decimal')).toBeNull();
});

test('a type is told by the name of its schema, and stands among the choices however unusual', () => {
  const schemas = [{ id: 'order', name: 'Order', kind: 'record' as const, fields: [] }];
  const nested: TypeRef = { map: { list: { ref: 'order' } } };
  expect(typeWords(nested, schemas)).toBe('map of list of Order');
  expect(typeChoices(schemas, nested).choices).toEqual([
    { value: 'map:list:ref:order', label: 'map of list of Order' },
  ]);
  expect(typeChoices(schemas, 'string').choices).toEqual([]);
});
