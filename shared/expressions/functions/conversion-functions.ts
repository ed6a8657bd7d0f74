import { exactInt, fail } from '../evaluation-failure.ts';
import type { ExpressionType } from '../expression-type.ts';
import { doubleType, intType, stringType, timestampType } from '../expression-type.ts';
import type { Json } from '../json.ts';
import type { HelperName } from '../typescript/helper-sources.ts';
import { precedence } from '../typescript/precedence.ts';
import type { ArgumentEmitter, Emitted, FunctionOverload, ParameterKind } from './function-overload.ts';
import { text } from './text-functions.ts';

const postfix = precedence.postfix;
/** Years 0001 to 9999, which every target writes as four digits. */
const firstInstant = -62_135_596_800_000;
const lastInstant = 253_402_300_799_999;

export function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : fail('The value is not a number.');
}

function convert(
  name: string,
  from: ParameterKind,
  result: ExpressionType,
  evaluate: (value: Json) => Json,
  emit: (args: ArgumentEmitter) => Emitted,
): FunctionOverload {
  return {
    name,
    style: 'function',
    parameters: [from],
    result,
    evaluate: (value) => evaluate(value ?? null),
    emit,
  };
}

/** The value as it is: only its type has changed. */
const unchanged = (args: ArgumentEmitter): Emitted => ({
  text: args.argument(0, postfix),
  precedence: postfix,
});

/** There is no integer −0, and doubles are divided by it in another way than by 0. */
function toDouble(args: ArgumentEmitter): Emitted {
  if (!args.mayBeMinusZero(0)) return unchanged(args);
  return { text: `${args.argument(0, precedence.additive)} + 0`, precedence: precedence.additive };
}

function called(name: string): (args: ArgumentEmitter) => Emitted {
  return (args) => ({ text: `${name}(${args.argument(0, 0)})`, precedence: postfix });
}

function helped(name: HelperName): (args: ArgumentEmitter) => Emitted {
  return (args) => ({ text: `${args.use(name)}(${args.argument(0, 0)})`, precedence: postfix });
}

function truncate(value: Json): number {
  const whole = Math.trunc(number(value));
  return Number.isSafeInteger(whole) ? whole : fail(`${String(value)} has no exact integer.`);
}

function parseInteger(value: Json): number {
  const whole = Number(text(value));
  const isDigits = /^[+-]?\d+$/.test(text(value));
  return isDigits && Number.isSafeInteger(whole) ? whole : fail(`${quoted(value)} is not an integer.`);
}

function parseDouble(value: Json): number {
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text(value));
  return isNumber ? Number(value) : fail(`${quoted(value)} is not a number.`);
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function parseTimestamp(value: Json): number {
  return isTimestampText(text(value))
    ? Date.parse(text(value))
    : fail(`${quoted(value)} is not a time stamp such as 2026-01-31T12:00:00Z.`);
}

export function isTimestampText(value: string): boolean {
  return rfc3339.test(value) && !Number.isNaN(Date.parse(value));
}

/** The milliseconds as a Date, where they are an instant that has a date. */
export function instant(value: Json | undefined): Date {
  const milliseconds = number(value);
  return milliseconds >= firstInstant && milliseconds <= lastInstant
    ? new Date(milliseconds)
    : fail(`${milliseconds} is not an instant between the years 1 and 9999.`);
}

function quoted(value: Json): string {
  return JSON.stringify(value);
}

export const conversionFunctions: readonly FunctionOverload[] = [
  convert('string', 'string', stringType, (value) => value, unchanged),
  convert(
    'string',
    'timestamp',
    stringType,
    (value) => instant(value).toISOString(),
    (args) => ({
      text: `new Date(${args.argument(0, 0)}).toISOString()`,
      precedence: postfix,
    }),
  ),
  convert('string', 'int', stringType, (value) => String(number(value) + 0), called('String')),
  convert('string', 'double', stringType, (value) => String(number(value) + 0), called('String')),
  convert('string', 'boolean', stringType, (value) => String(value), called('String')),
  convert('int', 'int', intType, (value) => value, unchanged),
  convert('int', 'double', intType, truncate, helped('truncate')),
  convert('int', 'string', intType, parseInteger, helped('parseInteger')),
  convert(
    'int',
    'timestamp',
    intType,
    (value) => Math.floor(number(value) / 1_000),
    (args) => ({
      text: `Math.floor(${args.argument(0, precedence.multiplicative)} / 1000)`,
      precedence: postfix,
    }),
  ),
  convert('double', 'double', doubleType, (value) => value, unchanged),
  convert('double', 'int', doubleType, (value) => number(value) + 0, toDouble),
  convert('double', 'string', doubleType, parseDouble, helped('parseDouble')),
  convert('timestamp', 'timestamp', timestampType, (value) => value, unchanged),
  convert(
    'timestamp',
    'int',
    timestampType,
    (value) => exactInt(number(value) * 1_000),
    (args) => ({
      text: `${args.use('exact')}(${args.argument(0, precedence.multiplicative)} * 1000)`,
      precedence: postfix,
    }),
  ),
  convert('timestamp', 'string', timestampType, parseTimestamp, helped('parseTimestamp')),
  convert('millis', 'timestamp', intType, (value) => value, unchanged),
  convert('millis', 'duration', intType, (value) => value, unchanged),
];
