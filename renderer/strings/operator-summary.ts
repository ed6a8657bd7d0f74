import { assertNever } from '#shared/base/assert-never.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import type { Expression } from '#shared/design/types.ts';
import type { AggregationWindow, JoinWindow } from '#shared/design/windows.ts';
import { formatDuration } from '../ui/durations.ts';
import { joinWords } from './kafka-words.ts';

/** What stands on the second line of a chip: the expression, or the one fact that matters. */
export function operatorSummary(operator: Operator, topicName: string | null): string {
  switch (operator.kind) {
    case 'stream':
    case 'table':
    case 'globalTable':
    case 'deadLetter':
    case 'connectorSink':
    case 'connectorSource':
      return topicName ?? 'no topic yet';
    case 'sink':
      return operator.route === undefined ? (topicName ?? 'no topic yet') : expressionText(operator.route);
    case 'filter':
      return expressionText(operator.condition);
    case 'map':
      return expressionText(operator.value);
    case 'flatMap':
      return expressionText(operator.values);
    case 'selectKey':
      return expressionText(operator.key);
    case 'branch':
      return operator.branches.map((branch) => branch.name).join(' · ');
    case 'merge':
      return 'all inputs';
    case 'repartition':
      return operator.partitions === undefined ? 'by key' : `${operator.partitions} partitions`;
    case 'toStream':
      return operator.key === undefined ? 'every change' : expressionText(operator.key);
    case 'join':
      return `${operator.type} · ${joinWords[operator.inputs]}`;
    case 'aggregate':
      return aggregateText(operator);
    case 'gather':
      return gatherText(operator);
    case 'sideEffect':
      return `${operator.handler}()`;
    case 'httpWrite':
      return `${operator.method} ${operator.path}`;
    case 'httpQuery':
      return `GET ${operator.path}`;
    default:
      return assertNever(operator, 'operator');
  }
}

export function expressionText(expression: Expression | undefined): string {
  if (expression === undefined || expression === '') {
    return 'no expression yet';
  }
  return typeof expression === 'string' ? expression.replace(/\s+/g, ' ') : `${expression.handler}()`;
}

function aggregateText(operator: Extract<Operator, { kind: 'aggregate' }>): string {
  const by = operator.groupBy === undefined ? '' : ` by ${expressionText(operator.groupBy)}`;
  return operator.method === 'count' ? `count${by}` : `${expressionText(operator.value)}${by}`;
}

function gatherText(operator: Extract<Operator, { kind: 'gather' }>): string {
  const count = operator.count === 'emitters' ? 'one from each writer' : `${operator.count} answers`;
  return operator.timeoutMs === undefined ? count : `${count}, ${formatDuration(operator.timeoutMs)}`;
}

/** The window of an operator, written on its bracket; null when it has none. */
export function windowText(operator: Operator): string | null {
  if (operator.kind === 'aggregate' && operator.window !== undefined) {
    return aggregationWindowText(operator.window);
  }
  if (operator.kind === 'join' && operator.window !== undefined) {
    return joinWindowText(operator.window);
  }
  return null;
}

function aggregationWindowText(window: AggregationWindow): string {
  const grace = ` +${formatDuration(window.graceMs)}`;
  switch (window.kind) {
    case 'tumbling':
      return formatDuration(window.sizeMs) + grace;
    case 'hopping':
      return `${formatDuration(window.sizeMs)} / ${formatDuration(window.advanceMs)}${grace}`;
    case 'sliding':
      return `±${formatDuration(window.differenceMs)}${grace}`;
    case 'session':
      return `gap ${formatDuration(window.gapMs)}${grace}`;
    default:
      return assertNever(window, 'window');
  }
}

function joinWindowText(window: JoinWindow): string {
  return `−${formatDuration(window.beforeMs)} … +${formatDuration(window.afterMs)}`;
}

/** The state store an operator owns; null when it keeps nothing. */
export function storeName(operator: Operator): string | null {
  if (operator.kind === 'aggregate' || operator.kind === 'gather') {
    return operator.store;
  }
  return operator.kind === 'table' || operator.kind === 'globalTable' ? operator.kind : null;
}
