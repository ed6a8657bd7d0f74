import { CaseError } from './case-error.ts';
import type { ConformanceCase } from './case-format.ts';
import { createScope, type ResolvedCase, type ResolvedStep, type Scope } from './case-scope.ts';
import { checkSteps } from './check-case.ts';
import { isSameColumn } from './column-types.ts';
import { resolveStep } from './resolve-step.ts';

/** Checks names and types from the first step to the last. Throws `CaseError`. */
export function resolveCase(found: ConformanceCase): ResolvedCase {
  const scope = createScope();
  const topology = found.topology.map((step, index): ResolvedStep => {
    const where = `topology[${index}] (${step.op})`;
    try {
      const { types, made } = resolveStep(step, scope);
      for (const [name, thing] of Object.entries(made)) {
        if (scope.things.has(name)) throw new CaseError(`"${name}" is the name of an earlier step's result`);
        scope.things.set(name, thing);
      }
      return { ...step, types };
    } catch (error) {
      if (!(error instanceof CaseError)) throw error;
      throw new CaseError(`${where}: ${error.message}.`);
    }
  });
  if (scope.sourceTopics.size === 0)
    throw new CaseError('topology: no step reads a topic: begin with a stream or a table.');
  checkSteps(found);
  checkInput(found, scope);
  return { ...found, topology };
}

function checkInput(found: ConformanceCase, scope: Scope): void {
  for (const [index, input] of found.input.entries()) {
    if ('advance' in input) continue;
    const where = `input[${index}]`;
    const topic = scope.sourceTopics.get(input.topic);
    if (topic === undefined) {
      const known = [...scope.sourceTopics.keys()].join(', ');
      throw new CaseError(
        `${where}: no step reads the topic "${input.topic}" (topics that are read: ${known}).`,
      );
    }
    for (const column of ['key', 'value'] as const) {
      const value = input[column];
      if (value === null) continue;
      if (isSameColumn(topic[column], typeof value === 'string' ? 'string' : 'long')) continue;
      throw new CaseError(
        `${where}: the ${column} of topic "${input.topic}" is a ${String(topic[column])}, not ${JSON.stringify(value)}.`,
      );
    }
  }
}
