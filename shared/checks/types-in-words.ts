import type { Design } from '../design/design.ts';
import type { TypeRef } from '../design/types.ts';
import { describeType, isAssignable } from '../expressions/expression-type.ts';
import { typesOf } from '../expressions/slot-environment.ts';

export function typeInWords(design: Design, type: TypeRef): string {
  return describeType(typesOf(design).of(type));
}

/** Whether records of the one type can be read as the other. */
export function fits(design: Design, from: TypeRef, to: TypeRef): boolean {
  const types = typesOf(design);
  return isAssignable(types.of(from), types.of(to));
}

/** Whether two keys that are equal as values are equal as bytes: the same type, or an enum beside a string. */
export function isSameKey(design: Design, left: TypeRef, right: TypeRef): boolean {
  return fits(design, left, right) || fits(design, right, left);
}
