import { err, ok, type Result } from '#shared/base/result.ts';

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port, host:port`; what is wrong with the text comes back as one sentence. */
export function parseBootstrap(text: string): Result<readonly BrokerAddress[], string> {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0)
    return err('The bootstrap address is empty: write host:port, such as localhost:9092.');
  const addresses: BrokerAddress[] = [];
  for (const part of parts) {
    const address = parseAddress(part);
    if (!address.ok) return address;
    addresses.push(address.value);
  }
  return ok(addresses);
}

export function formatAddress(address: BrokerAddress): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

function parseAddress(text: string): Result<BrokerAddress, string> {
  const scheme = /^[A-Za-z_+]+:\/\//.exec(text)?.[0];
  if (scheme) return err(`The bootstrap address "${text}" begins with "${scheme}": write only host:port.`);
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/[\]]+))(?::(\d+))?$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (!host) return err(`The bootstrap address "${text}" is not host:port, such as localhost:9092.`);
  if (!match?.[3])
    return err(`The bootstrap address "${text}" has no port: write ${text}:9092, or the port it has.`);
  const port = Number(match[3]);
  if (port < 1 || port > 65_535) return err(`The port of "${text}" is not between 1 and 65535.`);
  return ok({ host, port });
}
