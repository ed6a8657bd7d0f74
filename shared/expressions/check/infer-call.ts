import {
  booleanType,
  describeType,
  durationType,
  dynType,
  type ExpressionType,
  listOf,
  stringType,
  withoutNull,
} from '../expression-type.ts';
import { isTimestampText } from '../functions/conversion-functions.ts';
import type { FunctionOverload } from '../functions/function-overload.ts';
import { accepts, functionNames, overloadsOf } from '../functions/function-table.ts';
import { parseDuration } from '../functions/parse-duration.ts';
import { didYouMean } from '../nearest-name.ts';
import type { CelNode } from '../parse-expression.ts';
import { parsePattern } from '../pattern/pattern.ts';
import type { MacroName, TypedNode } from '../typed-expression.ts';
import { type CheckContext, problem, rangeOf, textOf } from './check-context.ts';
import { expectType, inferCondition } from './expect-type.ts';
import { inferWalked, notNull, presentOf } from './infer-operator.ts';
import { insideMacro } from './narrowing.ts';

interface Call {
  readonly node: CelNode;
  readonly name: string;
  readonly receiver: CelNode | undefined;
  readonly args: readonly CelNode[];
}

const macroNames: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'];

export function inferCall(
  node: Extract<CelNode, { op: 'call' | 'rcall' }>,
  context: CheckContext,
): TypedNode {
  const call: Call =
    node.op === 'call'
      ? { node, name: node.args[0], receiver: undefined, args: node.args[1] }
      : { node, name: node.args[0], receiver: node.args[1], args: node.args[2] };
  if (call.receiver && macroNames.includes(call.name)) {
    return inferMacro(call, call.name as MacroName, call.receiver, context);
  }
  if (!call.receiver && call.name === 'has') return inferHas(call, context);
  if (!call.receiver && call.name === 'duration') return inferDuration(call, context);
  if (call.receiver && call.name === 'matches') return inferMatches(call, call.receiver, context);
  return inferFunction(call, context);
}

function inferHas(call: Call, context: CheckContext): TypedNode {
  const [argument] = call.args;
  if (call.args.length !== 1 || argument?.op !== '.') {
    return problem(context, call.node, 'wrong-type', 'has(…) takes one field, as in has(value.note).');
  }
  const of = context.infer(argument, context);
  if (of.op === 'entry') {
    return { op: 'hasKey', of: of.of, key: of.key, type: booleanType, ...rangeOf(call.node) };
  }
  return presentOf({ node: call.node, ofNode: argument, of, negated: false }, context);
}

function inferDuration(call: Call, context: CheckContext): TypedNode {
  const [argument] = call.args;
  const value =
    argument?.op === 'value' && typeof argument.args === 'string' ? parseDuration(argument.args) : undefined;
  if (call.args.length !== 1 || value === undefined) {
    const message = 'duration(…) takes a text such as "5m", "1h30m" or "250ms".';
    return problem(context, call.node, 'wrong-type', message);
  }
  return { op: 'literal', value, type: durationType, ...rangeOf(call.node) };
}

function inferMatches(call: Call, receiver: CelNode, context: CheckContext): TypedNode {
  const of = expectType(receiver, context, stringType, 'what a pattern is matched with');
  const [argument] = call.args;
  if (call.args.length !== 1 || argument?.op !== 'value' || typeof argument.args !== 'string') {
    const message = 'matches(…) takes one pattern, written out as a string, so that it can be checked.';
    return problem(context, call.node, 'bad-pattern', message);
  }
  const pattern = parsePattern(argument.args);
  if (!pattern.ok) return problem(context, argument, 'bad-pattern', pattern.error);
  return { op: 'matches', of, pattern: pattern.value, type: booleanType, ...rangeOf(call.node) };
}

function inferMacro(call: Call, macro: MacroName, receiver: CelNode, context: CheckContext): TypedNode {
  const over = inferWalked(receiver, context);
  const [variableNode, ...parts] = call.args;
  const bodyNode = parts.at(-1);
  const isComplete = parts.length === 1 || (macro === 'map' && parts.length === 2);
  if (variableNode?.op !== 'id' || !bodyNode || !isComplete) {
    const message = `${call.name} takes a name and an expression, as in items.${call.name}(item, …).`;
    return problem(context, call.node, 'wrong-type', message);
  }
  const variable = variableNode.args;
  const element = elementOf(over.type);
  const inner = { ...insideMacro(context, variable), locals: new Map(context.locals).set(variable, element) };
  const condition = parts.length === 2 && parts[0] ? inferCondition(parts[0], inner) : undefined;
  const body = macro === 'map' ? inner.infer(bodyNode, inner) : inferCondition(bodyNode, inner);
  const type = macro === 'map' ? listOf(body.type) : macro === 'filter' ? listOf(element) : booleanType;
  return {
    op: 'macro',
    macro,
    over,
    variable,
    body,
    ...(condition ? { condition } : {}),
    type,
    ...rangeOf(call.node),
  };
}

function elementOf(type: ExpressionType): ExpressionType {
  if (type.kind === 'list') return type.of;
  return type.kind === 'map' ? stringType : dynType;
}

function inferFunction(call: Call, context: CheckContext): TypedNode {
  const named = overloadsOf(call.name);
  if (named.length === 0) return problem(context, call.node, 'unknown-function', unknownFunction(call.name));
  const style = call.receiver ? 'method' : 'function';
  const callable = named.filter((overload) => overload.style === style || overload.style === 'both');
  const [example] = named;
  if (callable.length === 0 && example) {
    const message = `Write ${usage(example)}: ${call.name} is a ${example.style} here.`;
    return problem(context, call.node, 'unknown-function', message);
  }
  const argNodes = call.receiver ? [call.receiver, ...call.args] : call.args;
  const args = argNodes.map((argument) => notNull(argument, context.infer(argument, context), context));
  const fitting = callable.filter(
    ({ parameters }) =>
      parameters.length === args.length &&
      parameters.every((parameter, index) => accepts(parameter, args[index]?.type ?? dynType)),
  );
  const [first] = fitting;
  if (!first) {
    const given = argNodes.map((argument, index) => {
      return `${textOf(context, argument)} is ${describeType(args[index]?.type ?? dynType)}`;
    });
    const forms = [...new Set(callable.map(usage))].join(' or ');
    const sentence = given.length === 0 ? 'nothing is given' : given.join(' and ');
    return problem(context, call.node, 'wrong-type', `${call.name} is used as ${forms}, but ${sentence}.`);
  }
  const literal = call.name === 'timestamp' && args[0]?.op === 'literal' ? args[0].value : undefined;
  if (typeof literal === 'string' && !isTimestampText(literal)) {
    const message = `"${literal}" is not a time stamp such as 2026-01-31T12:00:00Z.`;
    return problem(context, call.node, 'wrong-type', message);
  }
  const exact = args.some(({ type }) => withoutNull(type).kind === 'dyn') ? fitting : [first];
  const results = new Set(exact.map(({ result }) => describeType(result)));
  const type = results.size === 1 ? first.result : dynType;
  return { op: 'call', overloads: exact, args, type, ...rangeOf(call.node) };
}

function usage(overload: FunctionOverload): string {
  const kinds = overload.parameters.map((kind) => (kind === 'stringList' ? 'list of string' : kind));
  if (overload.style === 'function') return `${overload.name}(${kinds.join(', ')})`;
  return `${kinds[0]}.${overload.name}(${kinds.slice(1).join(', ')})`;
}

const notHere: Readonly<Record<string, string>> = {
  uint: 'There are no unsigned integers here; write int(…).',
  type: 'The types are known before an expression runs, so type(…) has no use here.',
  dyn: 'The types are known before an expression runs, so dyn(…) has no use here.',
  bytes: 'Bytes can be passed on and compared, not made.',
};

function unknownFunction(name: string): string {
  const known = [...new Set([...functionNames, ...macroNames, 'has', 'duration', 'matches'])];
  const explanation = notHere[name];
  if (explanation) return explanation;
  const suggestion = didYouMean(name, known);
  return `There is no function ${name}${suggestion || '; what the language cannot say is a handler.'}`;
}
