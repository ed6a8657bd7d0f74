import { describe, expect, it } from 'vitest';
import { formatAddress, parseBootstrap } from './bootstrap-address.ts';

describe('parseBootstrap', () => {
  it.each([
    ['localhost:9092', ['localhost:9092']],
    [' a.b-c_d:1 ,, 10.0.0.1:65535 ', ['a.b-c_d:1', '10.0.0.1:65535']],
    ['[::1]:9092', ['[::1]:9092']],
  ])('reads %j', (text, addresses) => {
    const parsed = parseBootstrap(text);
    expect(parsed.ok && parsed.value.map(formatAddress)).toEqual(addresses);
  });

  it.each([
    ['', 'The bootstrap address is empty: write host:port, such as localhost:9092.'],
    [' , ', 'The bootstrap address is empty: write host:port, such as localhost:9092.'],
    ['broker', 'The bootstrap address "broker" has no port: write broker:9092, or the port it has.'],
    ['a:9092,b', 'The bootstrap address "b" has no port: write b:9092, or the port it has.'],
    ['a:0', 'The port of "a:0" is not between 1 and 65535.'],
    ['a:70000', 'The port of "a:70000" is not between 1 and 65535.'],
    ['a b:9092', 'The bootstrap address "a b:9092" is not host:port, such as localhost:9092.'],
    ['::1:9092', 'The bootstrap address "::1:9092" is not host:port, such as localhost:9092.'],
    [
      'PLAINTEXT://a:9092',
      'The bootstrap address "PLAINTEXT://a:9092" begins with "PLAINTEXT://": write only host:port.',
    ],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(parseBootstrap(text)).toEqual({ ok: false, error: sentence });
  });
});
