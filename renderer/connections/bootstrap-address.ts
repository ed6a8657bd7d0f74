import { err, ok, type Result } from '#shared/base/result.ts';

/**
 * What a person typed as `host:port, host:port` without its blanks, or one sentence on what is wrong with it. The
 * host checks again; this saves the round trip.
 */
export function parseBootstrapAddress(typed: string): Result<string, string> {
  const parts = typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) {
    return err('Type the address of a broker, such as localhost:9092.');
  }
  for (const part of parts) {
    const problem = problemOf(part);
    if (problem !== null) {
      return err(problem);
    }
  }
  return ok(parts.join(','));
}

function problemOf(part: string): string | null {
  const scheme = /^[a-z_+]+:\/\//i.exec(part)?.[0];
  if (scheme !== undefined) {
    return `Leave out “${scheme}”: only host and port, such as localhost:9092.`;
  }
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/[\]]+)(?::(\d*))?$/i.exec(part);
  if (match === null) {
    return `“${part}” is not host:port, such as localhost:9092.`;
  }
  const [, host, port] = match;
  if (port === undefined || port === '') {
    return `“${host}” has no port; Kafka’s usual one is ${host}:9092.`;
  }
  return Number(port) >= 1 && Number(port) <= 65_535
    ? null
    : `The port of “${part}” is not between 1 and 65535.`;
}
