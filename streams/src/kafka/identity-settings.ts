import { StreamsConfigError } from '../errors.ts';

/** Kafka's rule for the names of topics, and for ids that become part of one or stand beside them. */
const LEGAL_NAME = /^[a-zA-Z0-9._-]+$/;

/** Leaves room for what internal topics add to it. */
const MAX_APPLICATION_ID = 180;
const MAX_NAME = 249;
const MAX_PORT = 65_535;

/** The settings that say who an instance is and where the brokers are. */
interface IdentitySettings {
  readonly applicationId: string;
  readonly bootstrapServers: readonly string[];
  readonly clientId?: string;
  readonly instanceId?: string;
  readonly stateDir?: string;
  readonly server?: { readonly host: string; readonly port: number };
}

/** True of what Kafka takes as the name of a topic. */
export function isLegalTopic(name: string): boolean {
  return isName(name, MAX_NAME);
}

/**
 * Checks who this instance is and where the brokers are, also for callers without types: a missing
 * setting must not be found out by a request that nobody answers. Throws `StreamsConfigError`.
 */
export function assertIdentity(config: IdentitySettings): void {
  const problem =
    findIdProblem(config) ??
    findServersProblem(config.bootstrapServers) ??
    findDirectoryProblem(config.stateDir) ??
    findEndpointProblem(config.server);
  if (problem !== null) throw new StreamsConfigError(problem);
}

function findIdProblem({ applicationId, clientId, instanceId }: IdentitySettings): string | null {
  const rule = 'letters, digits, dots, dashes and underscores';
  if (!isName(applicationId, MAX_APPLICATION_ID)) {
    return `applicationId ${show(applicationId)} cannot be used: take 1 to ${MAX_APPLICATION_ID} ${rule}.`;
  }
  if (instanceId !== undefined && !isName(instanceId, MAX_NAME)) {
    return `instanceId ${show(instanceId)} cannot be used: take 1 to ${MAX_NAME} ${rule}, or leave it out.`;
  }
  if (clientId === undefined || typeof clientId === 'string') return null;
  return `clientId ${show(clientId)} is not a text.`;
}

function findServersProblem(servers: unknown): string | null {
  if (!Array.isArray(servers)) {
    return `bootstrapServers is ${show(servers)}, not a list like ["127.0.0.1:9092"].`;
  }
  if (servers.length === 0) return 'bootstrapServers is empty; name at least one "host:port".';
  for (const server of servers) {
    const port = typeof server === 'string' ? /^[^\s/]+:(\d+)$/.exec(server)?.[1] : undefined;
    if (port === undefined) return `${show(server)} in bootstrapServers is not "host:port".`;
    if (!isPort(Number(port)))
      return `${show(server)} in bootstrapServers has no port from 1 to ${MAX_PORT}.`;
  }
  return null;
}

function findDirectoryProblem(stateDir: unknown): string | null {
  if (stateDir === undefined || (typeof stateDir === 'string' && stateDir !== '')) return null;
  return stateDir === ''
    ? 'stateDir is empty; name a directory, or leave it out.'
    : `stateDir ${show(stateDir)} is not the path of a directory.`;
}

function findEndpointProblem(server: IdentitySettings['server']): string | null {
  if (server === undefined || isPort(server.port)) return null;
  return `server.port is ${show(server.port)}: name the port, 1 to ${MAX_PORT}, where other instances reach this one.`;
}

function isPort(port: unknown): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= MAX_PORT;
}

function isName(name: unknown, maxLength: number): boolean {
  if (typeof name !== 'string' || name === '.' || name === '..') return false;
  return name.length <= maxLength && LEGAL_NAME.test(name);
}

function show(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : value === undefined ? 'missing' : String(value);
}
