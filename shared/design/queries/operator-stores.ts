import type { Service } from '../design.ts';
import type { Operator, OperatorOf } from '../operators/registry.ts';
import { storeNameIn, suppressName } from './kafka-names.ts';

/** A state store with a changelog of its own, by the names that Kafka Streams gives. */
export interface OperatorStore {
  readonly name: string;
  readonly changelog: string;
}

/** All stores that an operator keeps: its own first, then what joins and suppressions need beside it. */
export function operatorStores(service: Service, operator: Operator): readonly OperatorStore[] {
  const own = operator.kind === 'globalTable' ? null : storeNameIn(service, operator);
  const names = [...(own === null ? [] : [own]), ...innerStores(operator)];
  return names.map((name) => ({ name, changelog: `${service.applicationId}-${name}-changelog` }));
}

function innerStores(operator: Operator): readonly string[] {
  if (operator.kind === 'aggregate') {
    const holdsBack = operator.suppress !== undefined && operator.suppress.kind !== 'onWindowClose';
    return holdsBack ? [suppressName(operator.store)] : [];
  }
  return operator.kind === 'join' ? joinStores(operator) : [];
}

function joinStores({ id, inputs, type, graceMs }: OperatorOf<'join'>): readonly string[] {
  switch (inputs) {
    case 'streamStream':
      return [
        `${id}${type === 'outer' ? '-outer' : ''}-this-join-store`,
        `${id}${type === 'inner' ? '' : '-outer'}-other-join-store`,
        ...(type === 'inner' ? [] : [`${id}-${type}-shared-join-store`]),
      ];
    case 'foreignKey':
      return [`${id}-subscription-store`];
    case 'streamTable':
      return graceMs === undefined ? [] : [`${id}-Buffer`];
    case 'streamGlobalTable':
    case 'tableTable':
      return [];
  }
}
