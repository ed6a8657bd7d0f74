import type { Schema } from '#shared/design/design.ts';
import { scalarTypes, type TypeRef } from '#shared/design/types.ts';
import type { Choice, ChoiceGroup } from '../ui/select.tsx';

/** A type as the value of a select: `string`, `ref:order`, `list:ref:order`, `map:int`. */
export function typeToKey(type: TypeRef): string {
  if (typeof type === 'string') {
    return type;
  }
  if ('ref' in type) {
    return `ref:${type.ref}`;
  }
  return 'list' in type ? `list:${typeToKey(type.list)}` : `map:${typeToKey(type.map)}`;
}

export function keyToType(key: string): TypeRef | null {
  if (key.startsWith('list:') || key.startsWith('map:')) {
    const of = keyToType(key.slice(key.indexOf(':') + 1));
    return of === null ? null : key.startsWith('list:') ? { list: of } : { map: of };
  }
  if (key.startsWith('ref:')) {
    return { ref: key.slice(4) };
  }
  return scalarTypes.find((scalar) => scalar === key) ?? null;
}

/** A type in words: `Order`, `list of string`. */
export function typeWords(type: TypeRef, schemas: readonly Schema[]): string {
  if (typeof type === 'string') {
    return type;
  }
  if ('ref' in type) {
    return schemas.find((schema) => schema.id === type.ref)?.name ?? type.ref;
  }
  return 'list' in type
    ? `list of ${typeWords(type.list, schemas)}`
    : `map of ${typeWords(type.map, schemas)}`;
}

export interface TypeChoices {
  readonly choices: readonly Choice[];
  readonly groups: readonly ChoiceGroup[];
}

/** The types one can choose from; `current` is among them even when it is an unusual one. */
export function typeChoices(schemas: readonly Schema[], current: TypeRef | undefined): TypeChoices {
  const plain: readonly TypeRef[] = [...scalarTypes, ...schemas.map(({ id }) => ({ ref: id }))];
  const toChoice = (type: TypeRef): Choice => ({ value: typeToKey(type), label: typeWords(type, schemas) });
  const groups: readonly ChoiceGroup[] = [
    { label: 'Schemas', choices: plain.filter((type) => typeof type !== 'string').map(toChoice) },
    { label: 'Plain', choices: scalarTypes.map(toChoice) },
    { label: 'Lists', choices: plain.map((type) => toChoice({ list: type })) },
    { label: 'Maps by string', choices: plain.map((type) => toChoice({ map: type })) },
  ];
  const known = groups.some(({ choices }) =>
    choices.some(({ value }) => current !== undefined && value === typeToKey(current)),
  );
  const own = current === undefined || known ? [] : [toChoice(current)];
  return {
    choices: current === undefined ? [{ value: '', label: 'Not chosen' }] : own,
    groups: groups.filter((group) => group.choices.length > 0),
  };
}
