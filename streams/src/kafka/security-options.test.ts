import { expect, test } from 'vitest';
import { StreamsConfigError } from '../errors.ts';
import { assertSecurity } from './security-options.ts';

const pem = '-----BEGIN CERTIFICATE-----\n';
const login = { username: 'spending', password: 'hush-hush' };

test.each([
  {},
  { ssl: true, sasl: { mechanism: 'plain', ...login } },
  { ssl: { ca: [pem], cert: pem, key: Buffer.from(pem) }, sasl: { mechanism: 'SCRAM-SHA-256', ...login } },
  {
    ssl: { pfx: Buffer.from([1]) },
    sasl: { mechanism: 'oauthbearer', oauthBearerProvider: () => undefined },
  },
  { sasl: { mechanism: 'GSSAPI', authenticationProvider: () => undefined } },
])('takes what can work: %o', (security) => {
  expect(() => assertSecurity(security)).not.toThrow();
});

test.each([
  [{ ssl: 'yes' }, "ssl is neither true nor an object of Node's TLS options."],
  [
    { ssl: { ca: '/etc/ca.pem' } },
    'ssl.ca is not the text of a PEM file; if it is a path, give what readFileSync',
  ],
  [{ ssl: { ca: [pem, 'ca.pem'] } }, 'ssl.ca is not the text of a PEM file'],
  [{ ssl: { cert: pem } }, 'ssl.cert is given without ssl.key: a client certificate needs both.'],
  [{ ssl: { key: pem } }, 'ssl.key is given without ssl.cert: a client certificate needs both.'],
  [{ sasl: 'plain' }, 'sasl is not an object with a mechanism.'],
  [{ sasl: login }, 'sasl.mechanism is missing: plain, scram-sha-256, scram-sha-512, oauthbearer, aws.'],
  [{ sasl: { mechanism: 'scram', ...login } }, 'sasl.mechanism "scram" is not one of plain, scram-sha-256,'],
  [
    { sasl: { mechanism: 'scram-sha-512', password: 'hush-hush' } },
    'sasl.username is missing: scram-sha-512 needs username, password.',
  ],
  [{ sasl: { mechanism: 'plain', ...login, password: '' } }, 'sasl.password is missing: plain needs'],
  [
    { sasl: { mechanism: 'oauthbearer' } },
    'sasl.oauthBearerProvider is missing: a function that resolves to { value: token }.',
  ],
  [{ sasl: { mechanism: 'aws' } }, 'sasl.authorizationIdentity is missing: aws needs'],
])('refuses what cannot work, without telling secrets: %o', (security, sentence) => {
  expect(() => assertSecurity(security)).toThrow(StreamsConfigError);
  expect(() => assertSecurity(security)).toThrow(sentence);
  expect(() => assertSecurity(security)).not.toThrow(/hush/);
});
