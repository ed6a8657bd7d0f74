import { expect, test } from 'vitest';
import { type KafkaStreamsConfig, resolveConfig } from './kafka-streams-config.ts';

/** As a program without types would call it. */
function resolve(settings: object): unknown {
  const config = { applicationId: 'app', bootstrapServers: ['127.0.0.1:9092'], ...settings };
  return resolveConfig(config as KafkaStreamsConfig);
}

test.each([
  [{ applicationId: undefined }, 'applicationId missing cannot be used: take 1 to 180 letters'],
  [{ applicationId: 42 }, 'applicationId 42 cannot be used'],
  [{ applicationId: '..' }, 'applicationId ".." cannot be used'],
  [{ applicationId: '../app' }, 'applicationId "../app" cannot be used'],
  [{ instanceId: '' }, 'instanceId "" cannot be used: take 1 to 249 letters'],
  [{ clientId: 7 }, 'clientId 7 is not a text'],
  [{ bootstrapServers: undefined }, 'bootstrapServers is missing, not a list'],
  [{ bootstrapServers: 'a:1,b:1' }, 'bootstrapServers is "a:1,b:1", not a list like ["127.0.0.1:9092"]'],
  [{ bootstrapServers: [] }, 'bootstrapServers is empty'],
  [{ bootstrapServers: ['a:1', 'kafka'] }, '"kafka" in bootstrapServers is not "host:port"'],
  [{ bootstrapServers: ['PLAINTEXT://a:1'] }, '"PLAINTEXT://a:1" in bootstrapServers is not "host:port"'],
  [{ bootstrapServers: ['a:99999'] }, '"a:99999" in bootstrapServers has no port from 1 to 65535'],
  [{ stateDir: '' }, 'stateDir is empty'],
  [{ stateDir: 5 }, 'stateDir 5 is not the path of a directory'],
  [{ server: { host: 'a', port: 0 } }, 'server.port is 0: name the port, 1 to 65535'],
])('%j is refused in one sentence', (settings, sentence) => {
  expect(() => resolve(settings)).toThrow(sentence);
});

test('what Kafka takes is taken', () => {
  const server = { host: '::1', port: 65_535 };
  expect(
    resolve({ applicationId: 'a.b_c-1', bootstrapServers: ['[::1]:9092', 'b.example:1'], server }),
  ).toBeDefined();
});
