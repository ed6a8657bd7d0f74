import type { Service } from '../design.ts';
import type { OperatorOf } from '../operators/registry.ts';

/**
 * The dead letter that takes the records a service cannot read, process or write: of several, the first that has
 * nothing wired to it, since one with a wire is there for what the drawing sends it.
 */
export function deadLetterOf(service: Service): OperatorOf<'deadLetter'> | null {
  const letters = service.operators.filter((operator) => operator.kind === 'deadLetter');
  const free = letters.find(({ id }) => !service.wires.some(({ to }) => to.operator === id));
  return free ?? letters[0] ?? null;
}
