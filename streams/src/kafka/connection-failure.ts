import { StreamsConfigError } from '../errors.ts';
import { messageOf } from '../internals/record-queue.ts';
import { certificateFault, errorType, innermostError, isRetriable } from './kafka-errors.ts';
import type { ConnectionOptions } from './kafkajs-internals.ts';

/** One sentence about a connection that cannot work as it is configured; null for what may pass by itself. */
export function explainConnectionFailure(failure: unknown, options: ConnectionOptions): string | null {
  const error = innermostError(failure);
  const servers = options.bootstrapServers.join(', ');
  return explainLogin(error, options, servers) ?? explainTls(error, options, servers);
}

/** The same for a connection that was there already: only what trying again does not mend. */
export function explainLastingFailure(failure: unknown, options: ConnectionOptions): unknown {
  const problem = isRetriable(failure) ? null : explainConnectionFailure(failure, options);
  return problem === null ? failure : new StreamsConfigError(problem, { cause: failure });
}

function explainLogin(error: unknown, { ssl, sasl }: ConnectionOptions, servers: string): string | null {
  const mechanism = sasl?.mechanism ?? '';
  switch (errorType(error)) {
    case 'KafkaJSSASLAuthenticationError': {
      const user = sasl !== undefined && 'username' in sasl ? ` of "${sasl.username}"` : '';
      return `The login${user} by ${mechanism} was refused at ${servers}: check the user and its password in sasl.`;
    }
    case 'UNSUPPORTED_SASL_MECHANISM':
      return `The brokers at ${servers} do not take logins by ${mechanism}: choose another sasl.mechanism.`;
    case 'ILLEGAL_SASL_STATE':
      return `The brokers at ${servers} want no login at this port: leave sasl out, or name the port for logins.`;
    case 'KafkaJSConnectionClosedError':
      if (ssl === undefined || ssl === false) {
        const login = sasl === undefined ? ' or a login (set sasl)' : '';
        return `The brokers at ${servers} close the connection at once: the port may want TLS (set ssl)${login}.`;
      }
      return sasl === undefined
        ? `The brokers at ${servers} close the connection at once: the port may want a login (set sasl).`
        : null;
    default:
      return null;
  }
}

function explainTls(error: unknown, { ssl }: ConnectionOptions, servers: string): string | null {
  if (ssl === undefined || ssl === false || errorType(error) !== 'KafkaJSConnectionError') return null;
  const reason = messageOf(error).replace(/^Connection error: /, '');
  switch (certificateFault(error)) {
    case 'untrusted':
      return `The brokers' certificate at ${servers} is not trusted (${reason}): give its authority in ssl.ca.`;
    case 'expired':
      return `The brokers' certificate at ${servers} has expired: renew it.`;
    case 'other name':
      return `The brokers' certificate at ${servers} is for another host: use its names in bootstrapServers.`;
    case null:
      break;
  }
  if (/certificate required|bad certificate|handshake failure/i.test(reason)) {
    return `The brokers at ${servers} do not accept the client certificate: check ssl.cert and ssl.key.`;
  }
  if (/before secure TLS connection|wrong version number|packet length too long/i.test(reason)) {
    return `There is no TLS at ${servers}: leave ssl out, or name the port for TLS.`;
  }
  return null;
}
