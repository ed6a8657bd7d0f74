/** Where this instance runs and what it talks to. */
export interface ServiceConfig {
  readonly bootstrapServers: readonly string[];
  readonly host: string;
  readonly port: number;
  /** Names this instance across restarts, so that it gets its work back at once. */
  readonly instanceId: string | undefined;
}

/** Reads KAFKA_BOOTSTRAP, HOST, PORT and INSTANCE_ID from the environment. */
export function readConfig(defaultPort: number): ServiceConfig {
  const port = Number(process.env.PORT ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT must be a port number, not "${process.env.PORT}".`);
  }
  return {
    bootstrapServers: (process.env.KAFKA_BOOTSTRAP ?? '127.0.0.1:9092').split(','),
    host: process.env.HOST ?? '127.0.0.1',
    port,
    instanceId: process.env.INSTANCE_ID,
  };
}
