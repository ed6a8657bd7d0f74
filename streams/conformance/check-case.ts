import { CaseError } from './case-error.ts';
import type { ConformanceCase, Step } from './case-format.ts';
import { processorStores } from './processor-stores.ts';

/** What is wrong with the steps taken together, each being right by itself. Throws `CaseError`. */
export function checkSteps({ topology }: ConformanceCase): void {
  checkNames(topology);
  checkStores(topology);
  checkSources(topology);
}

/** Names become topics, stores and processors, on both sides. */
function checkNames(topology: readonly Step[]): void {
  const names = new Set<string>();
  const stores = new Set<string>();
  for (const [index, step] of topology.entries()) {
    const where = `topology[${index}] (${step.op})`;
    const store = 'store' in step ? step.store : undefined;
    const name = 'name' in step ? step.name : step.op === 'toTable' ? store : undefined;
    if (name !== undefined && names.has(name))
      throw new CaseError(`${where}: the name "${name}" is that of an earlier step: use another one.`);
    if (store !== undefined && stores.has(store))
      throw new CaseError(`${where}: the store "${store}" is that of an earlier step: use another name.`);
    if (name !== undefined) names.add(name);
    if (store !== undefined) stores.add(store);
  }
}

function checkStores(topology: readonly Step[]): void {
  const used = new Set(
    topology.flatMap((step) => {
      if ('processor' in step) return processorStores(step.processor);
      return 'transformer' in step ? processorStores(step.transformer) : [];
    }),
  );
  for (const [index, step] of topology.entries()) {
    if (step.op === 'store' && !used.has(step.store))
      throw new CaseError(
        `topology[${index}] (store): no processor uses the store "${step.store}": remove it.`,
      );
  }
}

/** A driver reads a topic for one source, so it would not come back to the step that repartitions. */
function checkSources(topology: readonly Step[]): void {
  for (const [index, step] of topology.entries()) {
    const internal = topicsRead(step).find((topic) => /^app-.+-repartition$/.test(topic));
    if (internal !== undefined)
      throw new CaseError(
        `topology[${index}] (${step.op}): "${internal}" is the name of an internal topic: ` +
          'use the result of the step that repartitions.',
      );
  }
}

function topicsRead(step: Step): readonly string[] {
  if (step.op === 'stream') return step.topics;
  return step.op === 'table' || step.op === 'globalTable' ? [step.topic] : [];
}

/** The names a step gives its results. */
export function namesOf(step: Step): readonly string[] {
  if (step.op === 'branch')
    return [...step.branches.map(({ as }) => as), ...(step.otherwise === undefined ? [] : [step.otherwise])];
  return 'as' in step ? [step.as] : [];
}
