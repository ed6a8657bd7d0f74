/** A real Kafka on 127.0.0.1, for tests. */
export interface LocalCluster {
  readonly bootstrapServers: readonly string[];
  /** Addresses of the further listeners, by name. */
  readonly furtherServers: Readonly<Record<string, readonly string[]>>;
  readonly brokers: readonly { kill(): Promise<void>; restart(): Promise<void> }[];
  stop(): Promise<void>;
}

/** What makes a cluster safe: listeners beside the plain one, and who may log in by SCRAM. */
export interface ClusterSecurity {
  readonly furtherListeners?: Readonly<Record<string, 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL'>>;
  readonly scramUsers?: Readonly<Record<string, string>>;
}

interface ClusterTool {
  startLocalCluster(
    options: ClusterSecurity & { brokers: number; properties: Record<string, string> },
  ): Promise<LocalCluster>;
}

/** The tool belongs to the repository, not to this package, so it is found at run time. */
export async function startLocalCluster(
  properties: Readonly<Record<string, string>> = {},
  security: ClusterSecurity = {},
): Promise<LocalCluster> {
  const tool: ClusterTool = await import(new URL('../../tools/kafka/local-cluster.ts', import.meta.url).href);
  return tool.startLocalCluster({
    ...security,
    brokers: 1,
    properties: { 'group.min.session.timeout.ms': '1000', ...properties },
  });
}
