import { type ExpressionType, isAssignable, nullable } from '../expression-type.ts';

/** The one type that holds both, or undefined where there is none. */
export function joinTypes(left: ExpressionType, right: ExpressionType): ExpressionType | undefined {
  if (left.kind === 'dyn' || right.kind === 'never') return left;
  if (right.kind === 'dyn' || left.kind === 'never') return right;
  if (left.kind === 'null') return nullable(right);
  if (right.kind === 'null') return nullable(left);
  if (left.kind === 'nullable' || right.kind === 'nullable') {
    const joined = joinTypes(
      left.kind === 'nullable' ? left.of : left,
      right.kind === 'nullable' ? right.of : right,
    );
    return joined && nullable(joined);
  }
  if (isAssignable(left, right)) return right;
  return isAssignable(right, left) ? left : undefined;
}
