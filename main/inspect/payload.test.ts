import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAYLOAD_CHARACTERS, toPayload, toRecordView } from './payload.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('toPayload', () => {
  it.each([
    ['{"a":1}', 'json'],
    ['  [1, 2]\n', 'json'],
    ['"quoted"', 'json'],
    ['{not json}', 'text'],
    ['order-1', 'text'],
    ['42', 'text'],
    ['tab\tand\nline', 'text'],
    ['', 'text'],
  ])('takes %j for %s', (text, kind) => {
    expect(toPayload(bytes(text))).toEqual({ kind, text, bytes: bytes(text).length, truncated: false });
  });

  it('tells null from no bytes', () => {
    expect(toPayload(null)).toEqual({ kind: 'null', text: '', bytes: 0, truncated: false });
  });

  it('shows other bytes as hex', () => {
    expect(toPayload(Uint8Array.of(0, 1, 254))).toMatchObject({ kind: 'binary', text: '0001fe' });
    expect(toPayload(Uint8Array.of(0xc3, 0x28))).toMatchObject({ kind: 'binary', text: 'c328' });
  });

  it('takes eight bytes for a number only where that is asked for and likely', () => {
    const fortyTwo = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 42);
    const double = new Uint8Array(new BigUint64Array([0x3ff0_0000_0000_0001n]).buffer).reverse();
    expect(toPayload(fortyTwo, 'when-not-text')).toMatchObject({ kind: 'long', text: '42' });
    expect(toPayload(fortyTwo)).toMatchObject({ kind: 'binary' });
    expect(toPayload(double, 'when-not-text')).toMatchObject({ kind: 'binary' });
    expect(toPayload(bytes('12345678'), 'when-not-text')).toMatchObject({ kind: 'text' });
    expect(toPayload(bytes('12345678'), 'long')).toMatchObject({ kind: 'long' });
  });

  it('cuts what is long and tells its whole length', () => {
    const long = toPayload(bytes(`"${'x'.repeat(100_000)}"`));
    expect(long).toMatchObject({ kind: 'json', bytes: 100_002, truncated: true });
    expect(long.text).toHaveLength(PAYLOAD_CHARACTERS);
    const binary = toPayload(new Uint8Array(10_000));
    expect(binary).toMatchObject({ kind: 'binary', bytes: 10_000, truncated: true });
    expect(binary.text).toHaveLength(PAYLOAD_CHARACTERS);
  });

  it('shows a beginning of every text, and never half a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.integer({ min: 1, max: 9_000 }),
        (unit, times) => {
          const whole = unit.repeat(times);
          const payload = toPayload(bytes(whole));
          if (payload.kind === 'binary') return;
          expect(whole.startsWith(payload.text)).toBe(true);
          expect(payload.text.isWellFormed()).toBe(true);
          expect(payload.truncated).toBe(payload.text.length < whole.length);
          expect(payload.bytes).toBe(bytes(whole).length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has a text and a length for all bytes there are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.constantFrom('long', 'when-not-text', 'never'),
        (any, hint) => {
          const payload = toPayload(any, hint);
          expect(payload.bytes).toBe(any.length);
          expect(payload.truncated).toBe(false);
          if (payload.kind === 'binary') expect(Buffer.from(payload.text, 'hex')).toEqual(Buffer.from(any));
          if (payload.kind === 'text') expect(bytes(payload.text)).toEqual(any);
        },
      ),
    );
  });
});

it('shows keys, values and headers of a record', () => {
  const view = toRecordView({
    partition: 1,
    offset: 7,
    timestamp: 9,
    key: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 5),
    value: bytes('{}'),
    headers: [{ key: 'h', value: null }],
  });
  expect(view).toMatchObject({ partition: 1, offset: 7, timestamp: 9, key: { kind: 'long', text: '5' } });
  expect(view.headers).toEqual([{ key: 'h', value: { kind: 'null', text: '', bytes: 0, truncated: false } }]);
});
