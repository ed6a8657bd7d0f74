import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkExpression } from './check-expression.ts';
import { compileExpression } from './compile-expression.ts';
import {
  booleanType,
  doubleType,
  type ExpressionType,
  intType,
  listOf,
  mapOf,
  nullable,
  stringType,
  timestampType,
} from './expression-type.ts';
import type { Json } from './json.ts';
import { emitHelpers, type HelperName, helperSources } from './typescript/helper-sources.ts';
import { toTypeScript } from './typescript/to-typescript.ts';

const stateType: ExpressionType = { kind: 'enum', name: 'State', symbols: ['CREATED', 'PAID', 'FAILED'] };
const lineType: ExpressionType = {
  kind: 'record',
  name: 'Line',
  schema: 'line',
  fields: new Map([
    ['product', { type: stringType, optional: false }],
    ['quantity', { type: intType, optional: false }],
    ['note', { type: stringType, optional: true }],
  ]),
};
const orderType: ExpressionType = {
  kind: 'record',
  name: 'Order',
  schema: 'order',
  fields: new Map([
    ['id', { type: stringType, optional: false }],
    ['state', { type: stateType, optional: false }],
    ['count', { type: intType, optional: false }],
    ['price', { type: doubleType, optional: false }],
    ['at', { type: timestampType, optional: false }],
    ['paid', { type: booleanType, optional: false }],
    ['note', { type: stringType, optional: true }],
    ['extra', { type: intType, optional: true }],
    ['first', { type: lineType, optional: true }],
    ['lines', { type: listOf(lineType), optional: false }],
    ['tags', { type: listOf(stringType), optional: false }],
    ['sizes', { type: mapOf(intType), optional: false }],
  ]),
};
const variables = { key: stringType, value: orderType, left: nullable(lineType) };
const declarations = `
type State = 'CREATED' | 'PAID' | 'FAILED';
interface Line { product: string; quantity: number; note?: string | null }
interface Order {
  id: string; state: State; count: number; price: number; at: number; paid: boolean; note?: string | null;
  extra?: number | null; first?: Line | null; lines: Line[]; tags: string[]; sizes: Record<string, number>;
}
`;
const parameters = 'key: string, value: Order, left: Line | null';

const texts = ['""', '"a"', '"A-ä😀"', '"it\'s $`{x}"', '"12"', '"CREATED"', '"x\\ny"'];
const patterns = ['^a', '\\\\d+$', '[A-Z]{1,2}', 'a|b', '(ab|c)+x?', '.', '[^a-z]', '\\\\bA'];

/** Random expressions that are well typed by the way they are made. */
const grammar = fc.letrec<Record<string, string>>((tie) => {
  const two = (left: string, operator: string | fc.Arbitrary<string>, right: string) =>
    fc
      .tuple(tie(left), typeof operator === 'string' ? fc.constant(operator) : operator, tie(right))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`);
  const choose = (name: string) =>
    fc.tuple(tie('boolean'), tie(name), tie(name)).map(([test, a, b]) => `((${test}) ? (${a}) : (${b}))`);
  const comparison = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
  const guarded = (name: string, other: string) =>
    tie(other).map((text) => `(has(${name}) ? ${name} : (${text}))`);
  const leaf = { maxDepth: 4, withCrossShrink: true };
  return {
    int: fc.oneof(
      leaf,
      fc.constantFrom('value.count', '0', '7', '-3', '9007199254740991', 'size(key)', 'value.lines.size()'),
      two('int', fc.constantFrom('+', '-', '*', '/', '%'), 'int'),
      tie('int').map((text) => `-(${text})`),
      tie('string').map((text) => `(${text}).size()`),
      tie('double').map((text) => `int(${text})`),
      fc.constantFrom(
        'value.at.getFullYear()',
        'value.at.getDayOfMonth()',
        'int(value.at)',
        'millis(value.at)',
      ),
      fc.constantFrom('millis(value.at - timestamp("2026-01-01T00:00:00Z"))', 'value.lines[0].quantity'),
      fc.constantFrom('value.sizes["s"]', 'value.sizes.m', 'int("42")', 'int(value.id)', 'size(value.sizes)'),
      guarded('value.extra', 'int'),
      choose('int'),
    ),
    double: fc.oneof(
      leaf,
      fc.constantFrom('value.price', '0.0', '1.5', '-2.25', '1e300'),
      two('double', fc.constantFrom('+', '-', '*', '/'), 'double'),
      tie('int').map((text) => `double(${text})`),
      fc.constantFrom('double("2.5e3")', 'double(value.id)'),
      choose('double'),
    ),
    string: fc.oneof(
      leaf,
      fc.constantFrom('key', 'value.id', 'value.state', ...texts),
      two('string', '+', 'string'),
      tie('int').map((text) => `string(${text})`),
      tie('double').map((text) => `string(${text})`),
      tie('boolean').map((text) => `string(${text})`),
      fc.constantFrom(
        'string(value.at)',
        'value.tags.join("-")',
        'value.id.lowerAscii()',
        'key.upperAscii()',
      ),
      fc
        .tuple(tie('string'), tie('string'), tie('string'))
        .filter(([, b]) => b !== '""')
        .map(([a, b, c]) => `(${a}).replace(${b}, ${c})`),
      guarded('value.note', 'string'),
      guarded('value.first.note', 'string'),
      fc.constant('(left != null ? left.product : "none")'),
      choose('string'),
    ),
    boolean: fc.oneof(
      leaf,
      fc.constantFrom('value.paid', 'value.state == "PAID"', '"CREATED" != value.state'),
      fc.constantFrom('has(value.note)', 'value.note == null', 'left != null', 'value.first.product == "a"'),
      fc.constantFrom(
        'value.note == value.first.note',
        'value.state in ["PAID", "FAILED"]',
        '"s" in value.sizes',
      ),
      two('boolean', fc.constantFrom('&&', '||'), 'boolean'),
      tie('boolean').map((text) => `!(${text})`),
      tie('int').map((text) => `value.count < (${text})`),
      fc.tuple(comparison, tie('double')).map(([op, text]) => `value.price ${op} (${text})`),
      fc.tuple(comparison, tie('int')).map(([op, text]) => `value.price ${op} (${text})`),
      fc.tuple(comparison, tie('string')).map(([op, text]) => `key ${op} (${text})`),
      fc.constantFrom(
        'value.at > timestamp("2026-01-01T00:00:00Z")',
        'value.at + duration("5m") == value.at',
      ),
      tie('string').map((text) => `(${text}) in value.tags`),
      tie('tags').map((text) => `value.tags == (${text})`),
      fc
        .tuple(tie('string'), fc.constantFrom(...patterns))
        .map(([text, pattern]) => `(${text}).matches("${pattern}")`),
      fc.tuple(tie('string'), tie('string')).map(([a, b]) => `(${a}).contains(${b})`),
      tie('inLine').map((text) => `value.lines.exists(line, ${text})`),
      tie('inLine').map((text) => `value.lines.all(line, ${text})`),
      tie('inLine').map((text) => `value.lines.exists_one(line, ${text})`),
      tie('string').map((text) => `value.sizes.all(name, name != (${text}))`),
      choose('boolean'),
    ),
    inLine: fc.oneof(
      fc.constantFrom('line.quantity > 1', 'has(line.note) && line.note.size() > 1', 'line.product == key'),
      fc.tuple(tie('boolean'), tie('int')).map(([a, b]) => `(${a}) || line.quantity == (${b})`),
    ),
    tags: fc.oneof(
      leaf,
      fc.constantFrom(
        'value.tags',
        '[]',
        '["a", key]',
        'value.id.split("-")',
        'value.lines.map(l, l.product)',
      ),
      two('tags', '+', 'tags'),
      tie('string').map((text) => `[${text}]`),
      tie('inLine').map((text) => `value.lines.filter(line, ${text}).map(line, line.product)`),
      tie('inLine').map((text) => `value.lines.map(line, ${text}, line.product)`),
      choose('tags'),
    ),
    line: fc
      .tuple(tie('string'), tie('int'), fc.constantFrom('value.note', 'null', 'left.note', '"n"'))
      .map(
        ([product, quantity, note]) => `{"product": ${product}, "quantity": ${quantity}, "note": ${note}}`,
      ),
  };
});

const types: Readonly<Record<string, ExpressionType>> = {
  int: intType,
  double: doubleType,
  string: stringType,
  boolean: booleanType,
  tags: listOf(stringType),
  line: lineType,
};

/** A division by a literal 0 is refused before it runs. */
function dividesByLiteralZero(source: string): boolean {
  const checked = checkExpression(source, { variables });
  return checked.problems.length > 0 && checked.problems.every(({ code }) => code === 'division-by-zero');
}

const resultTypes: Readonly<Record<string, string>> = {
  tags: 'readonly string[]',
  line: 'Line',
  int: 'number',
  double: 'number',
};

const written = fc
  .constantFrom('int', 'double', 'string', 'boolean', 'tags', 'line')
  .chain((kind) => fc.tuple(fc.constant(kind), grammar[kind] ?? fc.constant('true')))
  .filter(([, source]) => !dividesByLiteralZero(source));

const word = fc.constantFrom('', 'a', 'b-c', '12', 'CREATED', 'ä😀', 'abab', 'AB');
const line = fc.record(
  { product: word, quantity: fc.integer({ min: -5, max: 9 }), note: fc.option(word) },
  { requiredKeys: ['product', 'quantity'] },
);
const bindings = fc.record({
  key: word,
  left: fc.option(line),
  value: fc.record(
    {
      id: word,
      state: fc.constantFrom('CREATED', 'PAID', 'FAILED'),
      count: fc.oneof(fc.integer({ min: -9, max: 99 }), fc.maxSafeInteger()),
      price: fc.double({ noNaN: true, noDefaultInfinity: true }),
      at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
      paid: fc.boolean(),
      note: fc.option(word),
      extra: fc.option(fc.integer({ min: -9, max: 9 })),
      first: fc.option(line),
      lines: fc.array(line, { maxLength: 3 }),
      tags: fc.array(word, { maxLength: 3 }),
      sizes: fc.dictionary(fc.constantFrom('s', 'm', 'l'), fc.integer({ min: 0, max: 9 })),
    },
    { requiredKeys: ['id', 'state', 'count', 'price', 'at', 'paid', 'lines', 'tags', 'sizes'] },
  ),
});

function transpile(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.None },
  }).outputText;
}

const helperNames = Object.keys(helperSources) as readonly HelperName[];
const helpers = transpile(emitHelpers(helperNames).replaceAll('export function', 'function'));

function runTypeScript(code: string, names: readonly string[], values: readonly unknown[]): unknown {
  return new Function(...names, `${helpers}\nreturn (${code});`)(...values);
}

/** −0 is 0 in JSON. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function hasJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(hasJson);
}

describe('an expression in the evaluator and as TypeScript', () => {
  it('gives the same value, and an error where the other gives one', () => {
    let values = 0;
    fc.assert(
      fc.property(written, bindings, ([kind, source], bound) => {
        const env = { variables, expected: types[kind] ?? intType };
        const compiled = compileExpression(source, env);
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
        const emitted = toTypeScript(source, env);
        if (!emitted.ok) throw new Error(JSON.stringify(emitted.error));
        const result = compiled.value.evaluate(bound as Record<string, Json>);
        const run = () => runTypeScript(emitted.value.code, Object.keys(bound), Object.values(bound));
        if (result.ok) {
          values += 1;
          expect(asJson(run())).toEqual(asJson(result.value));
          return;
        }
        let other: unknown;
        try {
          other = run();
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(hasJson(other)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
    expect(values).toBeGreaterThan(300);
  });

  it('is TypeScript that the strictest compiler takes', () => {
    const samples = fc.sample(written, { numRuns: 250, seed: 20 });
    const functions = samples.map(([kind, source], index) => {
      const emitted = toTypeScript(source, { variables, expected: types[kind] ?? intType });
      if (!emitted.ok) throw new Error(JSON.stringify(emitted.error));
      const result = resultTypes[kind] ?? kind;
      return `export const f${index} = (${parameters}): ${result} => (${emitted.value.code});\n`;
    });
    expect(compileErrors(`${declarations}${emitHelpers(helperNames)}${functions.join('')}`)).toEqual([]);
  });
});

function compileErrors(text: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const fileName = 'expressions-under-test.ts';
  host.getSourceFile = (name, ...rest) =>
    name === fileName
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2024)
      : getSourceFile(name, ...rest);
  host.fileExists = (name) => name === fileName || fileExists(name);
  const program = ts.createProgram([fileName], options, host);
  // 2367: the compiler saw that a comparison of two symbols never holds. That is the expression's own doing.
  const diagnostics = ts.getPreEmitDiagnostics(program).filter(({ code }) => code !== 2367);
  return diagnostics.map(({ messageText, start = 0 }) => {
    const line = text.slice(text.lastIndexOf('\n', start) + 1, text.indexOf('\n', start));
    return `${ts.flattenDiagnosticMessageText(messageText, ' ')}: ${line}`;
  });
}
