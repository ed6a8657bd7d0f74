/** A real Kafka on 127.0.0.1, for tests. */
export interface LocalCluster {
  readonly bootstrapServers: readonly string[];
  readonly brokers: readonly { kill(): Promise<void>; restart(): Promise<void> }[];
  stop(): Promise<void>;
}

interface ClusterTool {
  startLocalCluster(options: { brokers: number; properties: Record<string, string> }): Promise<LocalCluster>;
}

/** The tool belongs to the repository, not to this package, so it is found at run time. */
export async function startLocalCluster(
  properties: Readonly<Record<string, string>> = {},
): Promise<LocalCluster> {
  const tool: ClusterTool = await import(new URL('../../tools/kafka/local-cluster.ts', import.meta.url).href);
  return tool.startLocalCluster({
    brokers: 1,
    properties: { 'group.min.session.timeout.ms': '1000', ...properties },
  });
}
