import type { Command } from 'commander';
import type { HostHandlers } from '#shared/contract/contract.ts';

export interface ClusterFlags {
  readonly bootstrap: string;
  readonly json?: boolean;
}

/** A cluster that is connected while a command runs. */
export interface OpenCluster {
  readonly cluster: string;
  readonly inspect: HostHandlers['inspect'];
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal;
}

export function addClusterOptions(command: Command): Command {
  return command
    .requiredOption('--bootstrap <host:port>', 'the cluster, as host:port[,host:port]')
    .option('--json', 'as JSON, for scripts');
}

export async function withCluster(
  bootstrap: string,
  act: (cluster: OpenCluster) => Promise<void>,
): Promise<void> {
  // Loaded when asked for: a check of a design should not wait for a Kafka client.
  const { createClusterRegistry, createClustersHandlers } = await import('#main/handlers/clusters.ts');
  const { createInspectHandlers } = await import('#main/handlers/inspect.ts');
  const controller = new AbortController();
  const abort = () => controller.abort();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.once(name, abort);
  const registry = createClusterRegistry();
  const { signal } = controller;
  try {
    const { cluster } = await createClustersHandlers(registry).connect({ bootstrap }, signal);
    await act({ cluster, inspect: createInspectHandlers(registry), signal });
  } finally {
    await registry.closeAll();
    for (const name of signals) process.off(name, abort);
  }
}
