import { describe, expect, it } from 'vitest';
import type { Schema } from '../design/design.ts';
import { checkExpression } from './check-expression.ts';
import { compileExpression } from './compile-expression.ts';
import { compileFilter } from './compile-filter.ts';
import {
  booleanType,
  createTypeResolver,
  describeType,
  doubleType,
  type ExpressionType,
  intType,
  nullable,
  stringType,
  timestampType,
} from './expression-type.ts';
import { emitHelpers } from './typescript/helper-sources.ts';
import { toTypeScript } from './typescript/to-typescript.ts';

const schemas: readonly Schema[] = [
  { id: 'state', name: 'OrderState', kind: 'enum', symbols: ['CREATED', 'VALIDATED', 'FAILED'] },
  {
    id: 'order',
    name: 'Order',
    kind: 'record',
    fields: [
      { name: 'id', type: 'string' },
      { name: 'state', type: { ref: 'state' } },
      { name: 'quantity', type: 'int' },
      { name: 'price', type: 'double' },
      { name: 'note', type: 'string', optional: true },
      { name: 'parent', type: { ref: 'order' }, optional: true },
      { name: 'tags', type: { list: 'string' } },
      { name: 'at', type: 'timestamp' },
    ],
  },
];
const order = createTypeResolver(schemas).of({ ref: 'order' });
const state = createTypeResolver(schemas).of({ ref: 'state' });
const variables = { key: stringType, value: order, now: timestampType };

function sentences(source: string, expected?: ExpressionType): readonly string[] {
  const env = expected ? { variables, expected } : { variables };
  return checkExpression(source, env).problems.map(({ message, start, end }) => {
    return `${source.slice(start, end)} | ${message}`;
  });
}

function codeOf(
  source: string,
  expected?: ExpressionType,
  others: Record<string, ExpressionType> = {},
): string {
  const result = toTypeScript(source, {
    variables: { ...variables, ...others },
    ...(expected ? { expected } : {}),
  });
  return result.ok ? result.value.code : JSON.stringify(result.error);
}

function evaluated(source: string, bindings: Record<string, never> | object = {}): unknown {
  const compiled = compileExpression(source, { variables });
  if (!compiled.ok) return compiled.error.map(({ message }) => message).join(' ');
  const result = compiled.value.evaluate(bindings as never);
  return result.ok ? result.value : `error: ${result.error}`;
}

describe('checkExpression', () => {
  it.each([
    ['value.stat == "CREATED"', 'value.stat | value.stat: Order has no field stat; did you mean state?'],
    ["value.state == 'CREATD'", "'CREATD' | OrderState has no symbol CREATD; did you mean CREATED?"],
    ['quantity > 1', 'quantity | quantity is not known here; did you mean value.quantity?'],
    ['valu.id', 'valu | valu is not known here; did you mean value?'],
    [
      'value.quantity * value.price',
      'value.quantity * value.price | value.quantity is int and value.price is double, and * does not mix them; write double(value.quantity).',
    ],
    [
      'value.note + "!"',
      'value.note | value.note may be missing; guard it first, as in value.note != null ? … : ….',
    ],
    ['value.id + 1', 'value.id + 1 | value.id is string and 1 is int; write string(1) to put them together.'],
    ['value.quantity / 0', '0 | This divides by zero.'],
    ['value.id.fields', 'value.id.fields | value.id is string and has no fields.'],
    ['value.id = "x"', '= | Write == to compare; = has no meaning here.'],
    ['value.', ' | Expected a name but found the end of the expression.'],
    ['foo(value)', 'foo(value) | There is no function foo; what the language cannot say is a handler.'],
    [
      'value.id.startWith("a")',
      'value.id.startWith("a") | There is no function startWith; did you mean startsWith?',
    ],
    [
      'value.quantity == "1"',
      'value.quantity == "1" | value.quantity is int and "1" is string; they are never equal.',
    ],
    [
      'value.id.matches("(a+)+$")',
      '"(a+)+$" | The pattern repeats a group that itself repeats; write it without repetition inside repetition.',
    ],
    [
      'value.id.matches(key)',
      'value.id.matches(key) | matches(…) takes one pattern, written out as a string, so that it can be checked.',
    ],
    [
      'value.at > timestamp("yesterday")',
      'timestamp("yesterday") | "yesterday" is not a time stamp such as 2026-01-31T12:00:00Z.',
    ],
    ['9007199254740992', '9007199254740992 | 9007199254740992 is beyond the exact integers, ±(2^53 − 1).'],
  ])('%s', (source, sentence) => {
    expect(sentences(source)).toEqual([sentence]);
  });

  it('says what does not fit where it goes', () => {
    expect(sentences('value.id', booleanType)).toEqual([
      'value.id | value.id is string, but the result is boolean.',
    ]);
    expect(sentences('5', doubleType)).toEqual(['5 | 5 is int, but the result is double; write 5.0.']);
    expect(sentences('key', state)).toEqual([
      'key | key is string, but the result is OrderState; it holds only CREATED, VALIDATED, FAILED.',
    ]);
    expect(sentences('', booleanType)).toEqual([' | The expression is empty.']);
  });

  it('checks a record against its schema', () => {
    const source =
      '{"id": value.quantity, "state": "DONE", "amount": 1, "quantity": 1, "tags": [], "at": now}';
    expect(sentences(source, order)).toEqual([
      `${source} | Order needs the field price.`,
      'value.quantity | value.quantity is int, but the field id of Order is string; write string(value.quantity).',
      '"DONE" | OrderState has no symbol DONE.',
      '1 | Order has no field amount.',
    ]);
  });

  it('knows what a condition has shown', () => {
    expect(sentences('has(value.note) && value.note.size() > 3')).toEqual([]);
    expect(sentences('value.note == null || value.note == "x" && value.note.size() > 1')).toEqual([]);
    expect(sentences('value.note != null ? value.note : "none"', stringType)).toEqual([]);
    expect(
      sentences('!(value.parent == null) && value.parent.note != null && value.parent.note.size() > 1'),
    ).toEqual([]);
    expect(sentences('has(value.note) || value.note.size() > 3')).toHaveLength(1);
    expect(sentences('has(value.note) && value.tags.exists(tag, tag == value.note + "!")')).toHaveLength(1);
  });

  it('refuses what is too large before it walks it', () => {
    expect(sentences('!'.repeat(9_000).concat('true'))).toHaveLength(1);
    expect(sentences('('.repeat(4_000))).toHaveLength(1);
    expect(sentences(`1${' + 1'.repeat(2_000)}`)[0]).toContain('too large');
    expect(sentences('x'.repeat(10_001))[0]).toContain('longer than 10000 characters');
  });

  it('gives the type', () => {
    const typeOf = (source: string) => describeType(checkExpression(source, { variables }).type);
    expect(typeOf('value.parent.quantity')).toBe('int or null');
    expect(typeOf('value.tags.map(tag, size(tag))')).toBe('list of int');
    expect(typeOf('value.at - now')).toBe('duration');
    expect(typeOf('value.quantity > 1 ? value.note : null')).toBe('string or null');
  });
});

describe('compileExpression', () => {
  it.each([
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['-7 % 3', -1],
    ['9007199254740991 + 1', 'error: The result is beyond the integers that are exact, ±(2^53 − 1).'],
    ['1 / size(value.tags)', 'error: This divides by zero.'],
    ['1.0 / 0.0', 'error: The result is not a number that JSON can hold.'],
    ['value.tags[0]', 'error: There is no element 0 in a list of 0.'],
    ['value.note', null],
    ['value.parent.note == null', true],
    ['size("ä😀")', 2],
    ['string(1.0 / double(0 * -3))', 'Infinity'],
    ['string(1.0 / -double(0))', '-Infinity'],
    ['string(1.0 / -0.0)', '-Infinity'],
    ['"a" < "B"', false],
    ['timestamp("2026-01-31T12:00:00Z") + duration("90s") == timestamp("2026-01-31T12:01:30Z")', true],
    ['int(timestamp("1970-01-01T00:00:01.500Z"))', 1],
    ['{"a": [1, 2].map(x, x * 2)}', { a: [2, 4] }],
    ['value["__proto__"] == null', 'value["__proto__"]: Order has no field __proto__.'],
  ])('%s', (source, expected) => {
    expect(evaluated(source, { value: { tags: [] } })).toEqual(expected);
  });

  it('ends, whatever the expression', () => {
    const tags = Array.from({ length: 300 }, () => 'a');
    const source = 'value.tags.all(a, value.tags.all(b, value.tags.all(c, value.tags.all(d, d == "a"))))';
    expect(evaluated(source, { value: { tags } })).toBe(
      'error: The expression takes too many steps for one record.',
    );
    const doubled = `value.tags${'.map(x, x + x)'.repeat(30)}`;
    expect(evaluated(doubled, { value: { tags: ['ab'] } })).toBe(
      'error: The string is longer than 1000000 characters.',
    );
    expect(evaluated('key.matches("^a*a*a*a*a*b$")', { key: 'a'.repeat(10_000) })).toBe(false);
  });
});

describe('toTypeScript', () => {
  it.each([
    ["value.state == 'CREATED'", "value.state === 'CREATED'"],
    ['value.quantity / 2', 'Math.trunc(value.quantity / 2)'],
    ['value.quantity / size(value.tags)', 'divide(value.quantity, value.tags.length)'],
    ['value.quantity + 1', 'exact(value.quantity + 1)'],
    ['size(value.tags) + 1 > 3', 'value.tags.length + 1 > 3'],
    ['double(value.quantity) * value.price', 'value.quantity * value.price'],
    ['double(value.quantity + 1) / value.price', 'exact(value.quantity + 1) / value.price'],
    ['value.price / double(-value.quantity)', 'value.price / (-value.quantity + 0)'],
    ['value.price / double(value.quantity / -3)', 'value.price / (Math.trunc(value.quantity / -3) + 0)'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a template literal
    ['value.id + ":" + string(value.quantity)', '`${value.id}:${value.quantity}`'],
    ['value.tags + [value.id]', '[...value.tags, value.id]'],
    ['value.tags.exists(t, t == key)', 'value.tags.some((t) => t === key)'],
    ['value.note', 'value.note ?? null'],
    ['has(value.note)', 'value.note != null'],
    ['value.parent.note == "x"', "value.parent?.note === 'x'"],
    ['(true || false) && !(key == "a" && key < "b")', "(true || false) && !(key === 'a' && key < 'b')"],
    ['value.price - (value.price - 1.0)', 'value.price - (value.price - 1)'],
    ['value.state in ["CREATED", "FAILED"]', "['CREATED', 'FAILED'].includes(value.state)"],
    ['value.tags.map(class, {"class": class})', 'value.tags.map((class_) => ({ class: class_ }))'],
    ['value.id.matches("^a/b$")', '/^a\\/b$/u.test(value.id)'],
    ['value.quantity > 1 ? key : "x"', "value.quantity > 1 ? key : 'x'"],
  ])('%s', (source, code) => {
    expect(codeOf(source)).toBe(code);
  });

  it('writes a record as an object', () => {
    const source =
      '{"id": key, "state": "VALIDATED", "quantity": 1, "price": 2.0, "tags": [], "at": now, "note": value.note}';
    expect(codeOf(source, order)).toBe(
      "{ id: key, state: 'VALIDATED', quantity: 1, price: 2, tags: [], at: now, note: value.note ?? null }",
    );
  });

  it.each([
    [
      'value.note != null ? (value.note == null ? "a" : value.note) : "b"',
      "value.note != null ? value.note : 'b'",
    ],
    ['value.note == null ? (has(value.note) ? value.note : "a") : "b"', "value.note == null ? 'a' : 'b'"],
    [
      'value.parent != null ? 1 : (value.parent != null && value.parent.id == key ? 2 : 3)',
      'value.parent != null ? 1 : 3',
    ],
    ['value.parent == null && value.parent.note == null', 'value.parent == null'],
    ['value.parent == null && !has(value.parent.note) && key == "a"', "value.parent == null && key === 'a'"],
    [
      '!(value.parent == null || value.parent == null) ? value.parent.id : key',
      '!(value.parent == null) ? value.parent.id : key',
    ],
    [
      'value.parent == null ? value.tags.all(t, value.parent == null) : false',
      'value.parent == null ? value.tags.every((t) => value.parent == null) : false',
    ],
  ])('asks once whether something is there: %s', (source, code) => {
    expect(codeOf(source)).toBe(code);
  });

  it('reads the missing side of a join', () => {
    expect(
      codeOf('right != null ? right.id : left.id', stringType, { left: order, right: nullable(order) }),
    ).toBe('right != null ? right.id : left.id');
    expect(codeOf('right.quantity', nullable(intType), { right: nullable(order) })).toBe(
      'right?.quantity ?? null',
    );
  });

  it('calls variables as the code around does, and names what it uses', () => {
    const result = toTypeScript('value.id == key', { variables, names: { value: 'order' } });
    expect(result).toMatchObject({ ok: true, value: { code: 'order.id === key', uses: ['key', 'value'] } });
  });

  it('gives the helpers that are used and no more', () => {
    const text = emitHelpers(['isEqual', 'exact', 'exact']);
    expect(text.match(/export function \w+/g)).toEqual(['export function exact', 'export function isEqual']);
    expect(emitHelpers([])).toBe('');
  });
});

describe('compileFilter', () => {
  const pass = (source: string, record: object) => {
    const filter = compileFilter(source);
    if (!filter.ok) return filter.error.map(({ message }) => message);
    return filter.value(record as never);
  };

  it('filters records of unknown types', () => {
    const record = {
      key: 'k',
      value: { amount: 600, user: { country: 'US' } },
      headers: { trace: 'x' },
      offset: 7,
    };
    expect(pass('value.amount > 500 && value.user.country == "US"', record)).toEqual({
      ok: true,
      value: true,
    });
    expect(pass('value.amount / 1000 < 0.7 && headers["trace"].startsWith("x")', record)).toEqual({
      ok: true,
      value: true,
    });
    expect(pass('value.missing.deep == "US" || offset % 2 == 0', record)).toEqual({ ok: true, value: false });
    expect(pass('timestamp > timestamp("2026-01-01T00:00:00Z")', { timestamp: 1 })).toEqual({
      ok: true,
      value: false,
    });
    expect(pass('value == null', { value: null })).toEqual({ ok: true, value: true });
  });

  it('says what is wrong with the text, or with one record', () => {
    expect(pass('value.amount >', {})).toEqual(['The end of the expression is not expected here.']);
    expect(pass('offset', {})).toEqual(['offset is int, but a filter is boolean.']);
    expect(pass('value.amount > 5', { value: {} })).toEqual({
      ok: false,
      error: 'Null > the number 5 compares what has no order.',
    });
    expect(pass('value.constructor == null && value.name', { value: { name: 'x' } })).toEqual({
      ok: false,
      error: 'A condition gave the string "x", not true or false.',
    });
  });
});
