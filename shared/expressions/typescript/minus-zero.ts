import type { TypedNode } from '../typed-expression.ts';

/** Whether an int part, as TypeScript computes it, may be −0, which no integer is. */
export function mayBeMinusZero(node: TypedNode): boolean {
  switch (node.op) {
    case 'negate':
      return true;
    case 'arithmetic':
      if (node.operator === '+') return mayBeMinusZero(node.left) && mayBeMinusZero(node.right);
      return node.operator !== '-' || mayBeMinusZero(node.left);
    case 'conditional':
      return mayBeMinusZero(node.whenTrue) || mayBeMinusZero(node.whenFalse);
    case 'call':
      return node.overloads.some(({ name }) => name === 'int');
    default:
      return false;
  }
}
