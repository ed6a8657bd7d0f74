import type { Service } from '../design.ts';
import type { Operator } from '../operators/registry.ts';
import { keepsResult } from './table-rows.ts';

/**
 * The names a service's state has on a cluster, the same in the sandbox, in generated projects and for the
 * inspector. They come from ids and declared store names, so renaming or adding an operator moves no state.
 */

/** The state store that an operator keeps; null for an operator without one. */
export function storeName(operator: Operator): string | null {
  switch (operator.kind) {
    case 'aggregate':
    case 'gather':
      return operator.store;
    case 'table':
    case 'globalTable':
      return operator.id;
    default:
      return null;
  }
}

/**
 * The store that answers for an operator within its service. A topic is read once however often it is drawn, so a
 * table that reads what an earlier one of its kind reads shares that one's store.
 */
export function storeNameIn(service: Service, operator: Operator): string | null {
  if (operator.kind === 'join') return keepsResult(service, operator) ? operator.id : null;
  if (operator.kind !== 'table' && operator.kind !== 'globalTable') return storeName(operator);
  const first = service.operators.find(
    (each) => each.kind === operator.kind && each.topic === operator.topic,
  );
  return storeName(first ?? operator);
}

/** The buffer in which an aggregate's results wait before they go on, by the name of the aggregate's own store. */
export function suppressName(store: string): string {
  return `${store}-suppress`;
}

/** The topic that records every change of an operator's store; a global table is its own topic's copy. */
export function changelogTopic(service: Service, operator: Operator): string | null {
  const store = operator.kind === 'globalTable' ? null : storeNameIn(service, operator);
  return store === null ? null : `${service.applicationId}-${store}-changelog`;
}

/** The internal topic of a repartition that an operator causes, whether it does is for the wires to say. */
export function repartitionTopic(service: Service, operator: Operator): string {
  return `${service.applicationId}-${operator.id}-repartition`;
}

/** The internal topic by which rows of a foreign-key join's left table ask for rows of the right one. */
export function subscriptionTopic(service: Service, operator: Operator): string {
  return `${service.applicationId}-${operator.id}-subscription-registration-topic`;
}
