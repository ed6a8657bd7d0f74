import type { KafkaConfig } from 'kafkajs';
import { StreamsConfigError } from '../errors.ts';

/**
 * TLS towards the brokers: `true`, or the options of Node's `tls.connect`. With `true` the brokers'
 * certificates must be signed by an authority that Node knows.
 *
 * @example
 * ssl: {
 *   ca: [readFileSync('/etc/kafka/ca.pem')], // who signed the brokers' certificates
 *   cert: readFileSync('/etc/kafka/me.pem'), // only where brokers want to see a client certificate
 *   key: readFileSync('/etc/kafka/me.key'),
 * }
 */
export type SslOptions = NonNullable<KafkaConfig['ssl']>;

/**
 * The login at the brokers: `plain`, `scram-sha-256` or `scram-sha-512` with a name and a password,
 * `oauthbearer` with a function that gets tokens, `aws`, or an authentication of your own.
 *
 * @example
 * sasl: { mechanism: 'scram-sha-512', username: 'spending', password: process.env.KAFKA_PASSWORD ?? '' }
 */
export type SaslOptions = NonNullable<KafkaConfig['sasl']>;

/** What must be there, per mechanism. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, 'text' | 'function'>>>> = {
  plain: { username: 'text', password: 'text' },
  'scram-sha-256': { username: 'text', password: 'text' },
  'scram-sha-512': { username: 'text', password: 'text' },
  oauthbearer: { oauthBearerProvider: 'function' },
  aws: { authorizationIdentity: 'text', accessKeyId: 'text', secretAccessKey: 'text' },
};

/** Throws `StreamsConfigError` naming the first setting that cannot work. Values are never part of its text. */
export function assertSecurity(security: { readonly ssl?: unknown; readonly sasl?: unknown }): void {
  const problem = findSslProblem(security.ssl) ?? findSaslProblem(security.sasl);
  if (problem !== null) throw new StreamsConfigError(problem);
}

function findSslProblem(ssl: unknown): string | null {
  if (ssl === undefined || typeof ssl === 'boolean') return null;
  if (!isObject(ssl)) return "ssl is neither true nor an object of Node's TLS options.";
  for (const name of ['ca', 'cert', 'key']) {
    const values: unknown[] = Array.isArray(ssl[name]) ? ssl[name] : [ssl[name]];
    if (values.some((value) => typeof value === 'string' && !value.includes('-----BEGIN'))) {
      return `ssl.${name} is not the text of a PEM file; if it is a path, give what readFileSync reads from it.`;
    }
  }
  if (ssl.pfx !== undefined || (ssl.cert === undefined) === (ssl.key === undefined)) return null;
  return ssl.cert === undefined
    ? 'ssl.key is given without ssl.cert: a client certificate needs both.'
    : 'ssl.cert is given without ssl.key: a client certificate needs both.';
}

function findSaslProblem(sasl: unknown): string | null {
  if (sasl === undefined) return null;
  const known = Object.keys(NEEDED).join(', ');
  if (!isObject(sasl)) return 'sasl is not an object with a mechanism.';
  const { mechanism } = sasl;
  if (typeof mechanism !== 'string' || mechanism === '') return `sasl.mechanism is missing: ${known}.`;
  if (typeof sasl.authenticationProvider === 'function') return null;
  const needed = NEEDED[mechanism.toLowerCase()];
  if (needed === undefined) return `sasl.mechanism "${mechanism}" is not one of ${known}.`;
  for (const [name, kind] of Object.entries(needed)) {
    const value = sasl[name];
    if (kind === 'function' && typeof value !== 'function') {
      return `sasl.${name} is missing: a function that resolves to { value: token }.`;
    }
    if (kind === 'text' && (typeof value !== 'string' || value === '')) {
      return `sasl.${name} is missing: ${mechanism} needs ${Object.keys(needed).join(', ')}.`;
    }
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
