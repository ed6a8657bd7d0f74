import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { resolveConfig } from './kafka-streams-config.ts';

const base = { applicationId: 'app', bootstrapServers: ['127.0.0.1:9092'] };

test('exactly once reads committed records, at least once all of them unless asked', () => {
  expect(resolveConfig(base).isolationLevel).toBe('read_uncommitted');
  expect(resolveConfig({ ...base, isolationLevel: 'read_committed' }).isolationLevel).toBe('read_committed');
  const exactlyOnce = { ...base, processingGuarantee: 'exactly_once_v2' as const };
  expect(resolveConfig(exactlyOnce).isolationLevel).toBe('read_committed');
  expect(() => resolveConfig({ ...exactlyOnce, isolationLevel: 'read_uncommitted' })).toThrow(
    'exactly_once_v2 reads committed records only',
  );
});

test('an instance that listens on all addresses is reached by the name of its machine', () => {
  const endpoint = (host: string) => resolveConfig({ ...base, server: { host, port: 8080 } }).endpoint;
  expect(endpoint('orders-1')).toBe('orders-1:8080');
  expect(endpoint('0.0.0.0')).toBe(`${hostname()}:8080`);
  expect(endpoint('::1')).toBe('[::1]:8080');
  expect(resolveConfig(base).endpoint).toBeNull();
});
