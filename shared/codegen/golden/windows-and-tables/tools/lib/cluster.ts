import { Kafka, logLevel } from 'kafkajs';
import type { Admin } from 'kafkajs';
import { Failure } from './run-tool.js';

export const bootstrap = process.env.KAFKA_BOOTSTRAP ?? '127.0.0.1:9092';

export const kafka = new Kafka({
  clientId: 'tools',
  brokers: bootstrap.split(','),
  logLevel: logLevel.NOTHING,
  connectionTimeout: 3_000,
  retry: { retries: 2 },
});

/** Uses an admin client; fails with one sentence when no broker answers. */
export async function withAdmin<T>(use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
  } catch {
    await admin.disconnect();
    throw new Failure(
      `Kafka does not answer at ${bootstrap}: start it with "docker compose up -d", ` +
        'or set KAFKA_BOOTSTRAP to the host:port of a broker.',
    );
  }
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}
