import { expect, test } from 'vitest';
import { certificateFault, errorCode, errorType, isFenced, isRetriable } from './kafka-errors.ts';
import { protocolError } from './wire.ts';

function named(name: string, fields: object = {}, cause?: Error): Error {
  const error = new Error(name, cause === undefined ? undefined : { cause });
  error.name = name;
  return Object.assign(error, fields);
}

test("a lost connection stays retriable inside KafkaJS's wrappers", () => {
  const lost = named('KafkaJSConnectionError', { code: 'ECONNREFUSED', retriable: true });
  const wrapped = named('KafkaJSNonRetriableError', { retriable: false }, lost);
  expect(isRetriable(wrapped)).toBe(true);
  expect(isRetriable(named('KafkaJSNumberOfRetriesExceeded', { retriable: false }, wrapped))).toBe(true);
  expect(errorType(wrapped)).toBe('KafkaJSConnectionError');
});

test('a certificate that is not right does not get better', () => {
  const codes = [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ECONNRESET',
  ];
  const refused = codes.map((code) => {
    const lost = named('KafkaJSConnectionError', { code, retriable: true });
    return named('KafkaJSNumberOfRetriesExceeded', { retriable: false }, lost);
  });
  expect(refused.map(certificateFault)).toEqual(['untrusted', 'expired', 'other name', null]);
  expect(refused.map(isRetriable)).toEqual([false, false, false, true]);
});

test('a fenced producer is not retriable, however KafkaJS marks it', () => {
  const fenced = named('KafkaJSProtocolError', { type: 'INVALID_PRODUCER_EPOCH', code: 47, retriable: true });
  expect(isFenced(fenced)).toBe(true);
  expect(isRetriable(fenced)).toBe(false);
  expect(isFenced(named('KafkaJSProtocolError', { type: 'UNKNOWN', code: 90, retriable: false }))).toBe(true);
});

test('errors of the program are neither', () => {
  expect(isRetriable(new TypeError('x is not a function'))).toBe(false);
  expect(isFenced(new TypeError('x is not a function'))).toBe(false);
  expect(isRetriable(null)).toBe(false);
});

test("codes that KafkaJS does not know are the broker's all the same", () => {
  expect(errorCode(protocolError(105))).toBe(105);
  expect(isFenced(protocolError(90))).toBe(true);
  expect(isFenced(protocolError(120))).toBe(true);
  expect(isRetriable(protocolError(90))).toBe(false);
  expect(errorCode(protocolError(47))).toBe(47);
  expect(errorCode(protocolError(0))).toBeNull();
});
