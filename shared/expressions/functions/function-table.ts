import { fail } from '../evaluation-failure.ts';
import { type ExpressionType, intType, isAssignable, listOf, stringType } from '../expression-type.ts';
import type { Json } from '../json.ts';
import { precedence } from '../typescript/precedence.ts';
import { conversionFunctions, instant } from './conversion-functions.ts';
import type { FunctionOverload, ParameterKind } from './function-overload.ts';
import { textFunctions } from './text-functions.ts';

/** The parts of a time stamp in UTC, by CEL's names; the month and getDayOfMonth count from 0, as CEL says. */
const dateParts = [
  ['getFullYear', 'getUTCFullYear', 0],
  ['getMonth', 'getUTCMonth', 0],
  ['getDate', 'getUTCDate', 0],
  ['getDayOfMonth', 'getUTCDate', 1],
  ['getDayOfWeek', 'getUTCDay', 0],
  ['getHours', 'getUTCHours', 0],
  ['getMinutes', 'getUTCMinutes', 0],
  ['getSeconds', 'getUTCSeconds', 0],
  ['getMilliseconds', 'getUTCMilliseconds', 0],
] as const;

const dateFunctions = dateParts.map(([name, method, less]): FunctionOverload => {
  return {
    name,
    style: 'method',
    parameters: ['timestamp'],
    result: intType,
    bound: 10_000,
    evaluate: (value) => instant(value)[method]() - less,
    emit: (args) => {
      const part = `new Date(${args.argument(0, 0)}).${method}()`;
      return less === 0
        ? { text: part, precedence: precedence.postfix }
        : { text: `${part} - ${less}`, precedence: precedence.additive };
    },
  };
});

const sizeFunctions: readonly FunctionOverload[] = [
  {
    name: 'size',
    style: 'both',
    parameters: ['list'],
    result: intType,
    bound: 2 ** 32,
    evaluate: (of) => (Array.isArray(of) ? of.length : fail('The value is not a list.')),
    emit: (args) => ({
      text: `${args.argument(0, precedence.postfix)}.length`,
      precedence: precedence.postfix,
    }),
  },
  {
    name: 'size',
    style: 'both',
    parameters: ['map'],
    result: intType,
    bound: 2 ** 32,
    evaluate: (of) => Object.keys(of ?? {}).length,
    emit: (args) => ({ text: `Object.keys(${args.argument(0, 0)}).length`, precedence: precedence.postfix }),
  },
];

/** Every function of the language except the macros, `matches` and `duration`, whose argument is read early. */
export const functionTable: readonly FunctionOverload[] = [
  ...textFunctions,
  ...sizeFunctions,
  ...conversionFunctions,
  ...dateFunctions,
];

const byName = new Map<string, FunctionOverload[]>();
for (const overload of functionTable) {
  byName.set(overload.name, [...(byName.get(overload.name) ?? []), overload]);
}

export const functionNames: readonly string[] = [...byName.keys()];

export function overloadsOf(name: string): readonly FunctionOverload[] {
  return byName.get(name) ?? [];
}

/** Whether an argument of this type may be given; one of unknown type may, and is looked at when it runs. */
export function accepts(parameter: ParameterKind, type: ExpressionType): boolean {
  if (type.kind === 'dyn') return true;
  switch (parameter) {
    case 'list':
      return type.kind === 'list';
    case 'stringList':
      return isAssignable(type, listOf(stringType));
    case 'map':
      return type.kind === 'map';
    case 'string':
      return type.kind === 'string' || type.kind === 'enum';
    default:
      return type.kind === parameter;
  }
}

/** Whether a value whose type is only known now fits. A whole JSON number is an int first. */
export function holds(parameter: ParameterKind, value: Json): boolean {
  switch (parameter) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
    case 'timestamp':
    case 'duration':
      return typeof value === 'number' && Number.isSafeInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'list':
      return Array.isArray(value);
    case 'stringList':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}
