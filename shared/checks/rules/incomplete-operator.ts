import type { OperatorKind, OperatorOf } from '../../design/operators/registry.ts';
import { isFinal } from '../../design/windows.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';

/** A field that is missing or wrong, and the rest of a sentence that begins with the operator's name. */
type Fault = readonly [field: string, sentence: string];
type Faults<K extends OperatorKind> = (operator: OperatorOf<K>) => readonly (Fault | false | undefined)[];

export const incompleteOperator: Rule = {
  title: 'Every operator has all its parts',
  severity: 'error',
  why: 'What the operator does is not fully said, so it can be neither run nor generated.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) =>
        faultsOf(operator).map(
          ([field, sentence]): Finding => ({
            where: atOperator(operator, field),
            data: { operator: operator.name, service: service.name, field },
            message: `${operatorName(operator, service)} ${sentence}.`,
          }),
        ),
      ),
    ),
};

const faults: { readonly [K in OperatorKind]?: Faults<K> } = {
  map: (operator) => [needsKeyType(operator)],
  toStream: (operator) => [needsKeyType(operator)],
  join: (operator) => {
    const looksUp = operator.inputs === 'streamGlobalTable' || operator.inputs === 'foreignKey';
    const noOuter = operator.inputs !== 'streamStream' && operator.inputs !== 'tableTable';
    return [
      looksUp && operator.on === undefined && ['on', 'does not say which key it looks up on the right'],
      noOuter &&
        operator.type === 'outer' && ['type', 'cannot be an outer join: only two streams or two tables can'],
    ];
  },
  aggregate: (operator) => [...aggregateParts(operator), ...windowParts(operator)],
  httpWrite: (operator) => [operator.accepts === null && ['accepts', 'does not say which schema a body has']],
  connectorSource: (operator) => connectorParts(operator),
  connectorSink: (operator) => connectorParts(operator),
  sink: (operator) => [
    operator.route !== undefined &&
      (operator.routes ?? []).length === 0 &&
      operator.topic === null && ['routes', 'does not list the topics its route may name'],
  ],
};

function faultsOf<K extends OperatorKind>(operator: OperatorOf<K>): readonly Fault[] {
  const of = faults[operator.kind as K] as Faults<K> | undefined;
  return (of?.(operator) ?? []).filter((fault) => fault !== false && fault !== undefined);
}

function needsKeyType(operator: OperatorOf<'map' | 'toStream'>): Fault | false {
  return (
    operator.key !== undefined && operator.keyType === undefined && ['keyType', 'has a key without its type']
  );
}

function aggregateParts(operator: OperatorOf<'aggregate'>): readonly (Fault | false)[] {
  const { method, over } = operator;
  return [
    operator.groupBy !== undefined &&
      operator.groupKeyType === undefined && ['groupKeyType', 'groups by a key without its type'],
    over === 'table' &&
      operator.groupBy === undefined && ['groupBy', 'aggregates a table and must say by which key it groups'],
    method === 'aggregate' &&
      operator.initial === undefined && ['initial', 'has no initial value to start from'],
    method !== 'count' &&
      operator.value === undefined && ['value', `has no value, so there is nothing to ${method}`],
    method !== 'count' &&
      over === 'table' &&
      operator.subtract === undefined && [
        'subtract',
        'aggregates a table and must say how an old value is taken out',
      ],
    method === 'count' && operator.output !== 'int' && ['output', 'counts, so its result is an int'],
  ];
}

function windowParts(operator: OperatorOf<'aggregate'>): readonly (Fault | false | undefined)[] {
  const { window, suppress } = operator;
  return [
    window !== undefined &&
      operator.over === 'table' && ['window', 'aggregates a table, which has no windows'],
    window?.kind === 'session' &&
      operator.method === 'aggregate' &&
      operator.merge === undefined && ['merge', 'does not say what two sessions become when they are one'],
    window?.kind === 'hopping' &&
      window.advanceMs > window.sizeMs && ['window', 'has a window that advances by more than its size'],
    isFinal(suppress) &&
      window === undefined && ['suppress', 'holds its results until a window closes, but has no window'],
  ];
}

function connectorParts(
  operator: OperatorOf<'connectorSource' | 'connectorSink'>,
): readonly (Fault | false)[] {
  return [
    operator.external === null && ['external', 'does not say which external system it connects'],
    operator.connectorClass === '' && ['connectorClass', 'does not name its connector class'],
  ];
}
