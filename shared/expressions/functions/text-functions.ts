import { fail, maxLength } from '../evaluation-failure.ts';
import { booleanType, intType, listOf, stringType } from '../expression-type.ts';
import type { Json } from '../json.ts';
import { precedence } from '../typescript/precedence.ts';
import type { FunctionOverload } from './function-overload.ts';

const postfix = precedence.postfix;

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : fail('The value is not a string.');
}

export function bounded(value: string): string {
  return value.length <= maxLength ? value : fail(`The string is longer than ${maxLength} characters.`);
}

function textTest(name: 'contains' | 'startsWith' | 'endsWith'): FunctionOverload {
  const method = name === 'contains' ? 'includes' : name;
  return {
    name,
    style: 'method',
    parameters: ['string', 'string'],
    result: booleanType,
    evaluate: (of, part) => text(of)[method](text(part)),
    emit: (args) => ({
      text: `${args.argument(0, postfix)}.${method}(${args.argument(1, 0)})`,
      precedence: postfix,
    }),
  };
}

function asciiCase(name: 'lowerAscii' | 'upperAscii'): FunctionOverload {
  return {
    name,
    style: 'method',
    parameters: ['string'],
    result: stringType,
    evaluate: (of) =>
      name === 'lowerAscii'
        ? text(of).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        : text(of).replace(/[a-z]/g, (letter) => letter.toUpperCase()),
    emit: (args) => ({ text: `${args.use(name)}(${args.argument(0, 0)})`, precedence: postfix }),
  };
}

function joinOverload(withSeparator: boolean): FunctionOverload {
  return {
    name: 'join',
    style: 'method',
    parameters: withSeparator ? ['stringList', 'string'] : ['stringList'],
    result: stringType,
    evaluate: (of, separator) =>
      bounded((of as readonly string[]).join(withSeparator ? text(separator) : '')),
    emit: (args) => ({
      text: `${args.argument(0, postfix)}.join(${withSeparator ? args.argument(1, 0) : "''"})`,
      precedence: postfix,
    }),
  };
}

export const textFunctions: readonly FunctionOverload[] = [
  {
    name: 'size',
    style: 'both',
    parameters: ['string'],
    result: intType,
    bound: 2 ** 32,
    evaluate: (of) => [...text(of)].length,
    emit: (args) => ({
      text: `[...${args.argument(0, precedence.conditional)}].length`,
      precedence: postfix,
    }),
  },
  textTest('contains'),
  textTest('startsWith'),
  textTest('endsWith'),
  asciiCase('lowerAscii'),
  asciiCase('upperAscii'),
  {
    name: 'split',
    style: 'method',
    parameters: ['string', 'string'],
    result: listOf(stringType),
    evaluate: (of, separator) => text(of).split(text(separator)),
    emit: (args) => ({
      text: `${args.argument(0, postfix)}.split(${args.argument(1, 0)})`,
      precedence: postfix,
    }),
  },
  {
    name: 'replace',
    style: 'method',
    parameters: ['string', 'string', 'string'],
    result: stringType,
    evaluate: (of, part, by) => {
      const count = text(of).split(text(part)).length;
      if (count * text(by).length > maxLength) fail(`The string is longer than ${maxLength} characters.`);
      return bounded(text(of).replaceAll(text(part), () => text(by)));
    },
    emit: (args) => ({
      text: `${args.use('replaceText')}(${args.argument(0, 0)}, ${args.argument(1, 0)}, ${args.argument(2, 0)})`,
      precedence: postfix,
    }),
  },
  joinOverload(false),
  joinOverload(true),
];
