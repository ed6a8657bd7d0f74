/** Where this instance runs and what it talks to. */
export interface ServiceConfig {
  readonly bootstrapServers: readonly string[];
  readonly host: string;
  readonly port: number;
  /** Where other instances reach this one, to ask for what it has: by default HOST. */
  readonly serverHost: string;
  /** Names this instance across restarts, so that it gets its work back at once. */
  readonly instanceId: string | undefined;
}

/** Reads KAFKA_BOOTSTRAP, HOST, PORT, SERVER_HOST and INSTANCE_ID from the environment. */
export function readConfig(defaultPort: number): ServiceConfig {
  const port = Number(process.env.PORT ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT must be a port number, not "${process.env.PORT}".`);
  }
  const host = process.env.HOST ?? '127.0.0.1';
  return {
    bootstrapServers: (process.env.KAFKA_BOOTSTRAP ?? '127.0.0.1:9092').split(','),
    host,
    port,
    serverHost: process.env.SERVER_HOST ?? host,
    instanceId: process.env.INSTANCE_ID,
  };
}
