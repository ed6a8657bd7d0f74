import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Grant, grantAll } from '../../test/acls.ts';
import { eventually, KafkaJudge } from '../../test/kafka-judge.ts';
import { SESSION_MS, type SecuredCluster, startSecuredCluster } from '../../test/secured-cluster.ts';
import { wordCountTopology } from '../../test/word-count-topology.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import { KafkaStreams } from './kafka-streams.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';
import type { SaslOptions } from './security-options.ts';
import { createProducer, type ProducerOptions } from './stream-producer.ts';

const text = { key: Serdes.string(), value: Serdes.string() };
const lifetime = { timeout: 20_000 };

/** The guide's list, for the application `whole`. */
const WHOLE: readonly Grant[] = [
  'topic text-lines: Read',
  'topic text-counts: Write',
  'topic whole-…: Create, Read, Write, Delete',
  'group whole: Read',
  'transactions whole-…: Write',
];

/** The same for a word count of this name, topic by topic. */
function needed(app: string): Grant[] {
  return [
    `topic ${app}-lines: Read`,
    `topic ${app}-counts: Write`,
    `topic ${app}-words-repartition: Create, Read, Write, Delete`,
    `topic ${app}-counts-changelog: Create, Read, Write`,
    `group ${app}: Read`,
    `transactions ${app}-…: Write`,
  ];
}

/** The same without the lines that begin like one of these, and with others instead. */
function without(app: string, left: readonly string[], instead: readonly Grant[] = []): Grant[] {
  return [...needed(app).filter((line) => !left.some((start) => line.startsWith(start))), ...instead];
}

/** Applications that lack one right, and what they say. */
const LACKING: Readonly<Record<string, { grants: Grant[]; lacks: string; guarantee?: 'at_least_once' }>> = {
  'unseen-source': {
    grants: without('unseen-source', ['topic unseen-source-lines']),
    lacks: 'Read on the topic "unseen-source-lines"',
  },
  'seen-source': {
    grants: without('seen-source', ['topic seen-source-lines'], ['topic seen-source-lines: Describe']),
    lacks: 'Read on the topic "seen-source-lines"',
  },
  'unseen-output': {
    grants: without('unseen-output', ['topic unseen-output-counts:']),
    lacks: 'Write on the topic "unseen-output-counts"',
  },
  'seen-output': {
    grants: without('seen-output', ['topic seen-output-counts:'], ['topic seen-output-counts: Describe']),
    lacks: 'Write on the topic "seen-output-counts"',
  },
  'seen-output-alo': {
    grants: without(
      'seen-output-alo',
      ['topic seen-output-alo-counts:', 'transactions'],
      ['topic seen-output-alo-counts: Describe'],
    ),
    lacks: 'Write on the topic "seen-output-alo-counts"',
    guarantee: 'at_least_once',
  },
  'no-create': {
    grants: without(
      'no-create',
      ['topic no-create-counts-changelog'],
      ['topic no-create-counts-changelog: Read, Write'],
    ),
    lacks: 'Create on the topic "no-create-counts-changelog"',
  },
  'no-changelog': {
    grants: without(
      'no-changelog',
      ['topic no-changelog-counts-changelog'],
      ['topic no-changelog-counts-changelog: Create, Read'],
    ),
    lacks: 'Write on the topic "no-changelog-counts-changelog"',
  },
  'no-transactions': {
    grants: without('no-transactions', ['transactions']),
    lacks: 'Write on the transactional id "no-transactions-',
  },
  'no-group': { grants: without('no-group', ['group']), lacks: 'Read on the group "no-group"' },
};

let secured: SecuredCluster;
let judge: KafkaJudge;
let whole: KafkaStreams;
let startedAt = 0;
const running: KafkaStreams[] = [];

const password = (user: string): string => `${user} secret`;
const scram = (user: string) => ({
  mechanism: 'scram-sha-512' as const,
  username: user,
  password: password(user),
});

beforeAll(async () => {
  const apps = ['text', 'quiet', ...Object.keys(LACKING)];
  secured = await startSecuredCluster({
    scram: Object.fromEntries(['whole', ...Object.keys(LACKING)].map((app) => [app, password(app)])),
    plain: { quiet: 'quiet-secret', reader: 'reader-secret', gateway: 'gateway-secret' },
  });
  judge = await KafkaJudge.connect(secured.cluster.bootstrapServers);
  await judge.createTopics(
    Object.fromEntries(apps.flatMap((app) => [`${app}-lines`, `${app}-counts`].map((topic) => [topic, 2]))),
  );
  await grantAll(secured.cluster.bootstrapServers, {
    whole: WHOLE,
    quiet: needed('quiet'),
    reader: ['topic text-lines: Read', 'group reader: Read'],
    gateway: ['topic text-lines: Write'],
    ...Object.fromEntries(Object.entries(LACKING).map(([app, { grants }]) => [app, grants])),
  });
  await Promise.all(apps.map((app) => judge.produce(`${app}-lines`, [{ key: '1', value: 'a b a' }])));
  whole = make('whole', { sasl: scram('whole') }, wordCountTopology('text-'));
  running.length = 0;
  await whole.start();
  startedAt = Date.now();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((streams) => streams.close()));
});

afterAll(async () => {
  await whole?.close();
  await judge?.close();
  await secured?.stop();
});

function configure(app: string, config: Partial<KafkaStreamsConfig>): KafkaStreamsConfig {
  return {
    applicationId: app,
    bootstrapServers: secured.servers,
    ssl: { ca: [secured.ca] },
    processingGuarantee: 'exactly_once_v2',
    sessionTimeoutMs: 3_000,
    heartbeatIntervalMs: 500,
    ...config,
  };
}

function make(app: string, config: Partial<KafkaStreamsConfig>, topology?: Topology): KafkaStreams {
  const streams = new KafkaStreams(topology ?? wordCountTopology(`${app}-`), configure(app, config));
  running.push(streams);
  return streams;
}

/** What an application ends with: at its start, or after it. */
async function lastWords(streams: KafkaStreams): Promise<string> {
  const failed = new Promise<unknown>((resolve) => streams.onError(resolve));
  await Promise.race([streams.start().catch(() => undefined), failed]);
  const error = await failed;
  await streams.close();
  expect(streams.state).toBe('ERROR');
  return error instanceof Error ? error.message : String(error);
}

test('exactly once runs over TLS with a login and only the rights it needs', async () => {
  const gateway = createProducer({
    bootstrapServers: secured.servers,
    clientId: 'gateway',
    ssl: { ca: secured.ca },
    sasl: { mechanism: 'plain', username: 'gateway', password: 'gateway-secret' },
  });
  await gateway.send('text-lines', 'k', 'a c', text);
  await eventually('counted', () => whole.store('counts').get('a') === 3);
  await eventually('written', async () => (await judge.readTable('text-counts')).size === 3);
  await gateway.close();
});

test('a process that uses the library prints nothing but its own lines', lifetime, async () => {
  const config = configure('quiet', {
    ssl: { ca: secured.ca },
    sasl: { mechanism: 'plain', username: 'quiet', password: 'quiet-secret' },
  });
  const child = fileURLToPath(new URL('../../test/quiet-child.ts', import.meta.url));
  const ended = promisify(execFile)(process.execPath, [child, JSON.stringify(config)]);
  await judge.produce('quiet-lines', [{ key: '1', value: 'the end' }]);
  expect(await ended).toEqual({ stdout: 'NOT_RUNNING\n', stderr: '' });
});

test(
  'a producer says what is wrong with its settings, or what it may not do, at once',
  lifetime,
  async () => {
    const say = async (config: Partial<ProducerOptions>): Promise<string> => {
      const producer = createProducer({ bootstrapServers: secured.servers, clientId: 'gateway', ...config });
      const refused = await producer.send('text-counts', 'k', 'v', text).catch((error: unknown) => error);
      await producer.close();
      return String(refused);
    };
    const sasl: SaslOptions = { mechanism: 'plain', username: 'gateway', password: 'gateway-secret' };
    const ssl = { ca: secured.ca };
    expect(await say({ ssl, sasl })).toContain(
      'AuthorizationError: The cluster does not allow Write on the topic',
    );
    expect(await say({ ssl, sasl: { ...sasl, password: 'wrong' } })).toContain(
      'The login of "gateway" by plain',
    );
    expect(await say({ ssl: true, sasl })).toContain('is not trusted');
  },
);

test('who only reads needs no right to write', async () => {
  const seen: string[] = [];
  const builder = new StreamsBuilder();
  builder.stream('text-lines', text).foreach((_key, value) => void seen.push(value));
  const sasl: SaslOptions = { mechanism: 'plain', username: 'reader', password: 'reader-secret' };
  const reader = make('reader', { sasl, processingGuarantee: 'at_least_once' }, builder.build());
  await reader.start();
  await eventually('read', () => seen.includes('a b a'));
});

test.each(Object.entries(LACKING))(
  '%s says which right is missing, and ends',
  lifetime,
  async (app, { lacks, guarantee }) => {
    const streams = make(app, { sasl: scram(app), processingGuarantee: guarantee ?? 'exactly_once_v2' });
    const words = await lastWords(streams);
    expect(words).toContain(`The cluster does not allow ${lacks}`);
    expect(words).toMatch(/": grant it to the user of this application\.$/);
  },
);

test.each([
  [
    'a wrong password',
    { sasl: { ...scram('whole'), password: 'wrong' } },
    'The login of "whole" by scram-sha-512 was refused at',
  ],
  [
    'a wrong password by PLAIN',
    { sasl: { mechanism: 'plain', username: 'quiet', password: 'wrong' } },
    'The login of "quiet" by plain was refused',
  ],
  [
    'a mechanism that is not offered',
    { sasl: { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: '' }) } },
    'do not take logins by oauthbearer',
  ],
  ['no login', {}, 'the port may want a login (set sasl).'],
  [
    'an unknown authority',
    { ssl: true, sasl: scram('whole') },
    'is not trusted (self-signed certificate in certificate chain): give its authority in ssl.ca.',
  ],
  [
    'no TLS',
    { ssl: false, sasl: scram('whole') },
    'close the connection at once: the port may want TLS (set ssl).',
  ],
  ['neither TLS nor login', { ssl: false }, 'the port may want TLS (set ssl) or a login (set sasl).'],
] satisfies [string, Partial<KafkaStreamsConfig>, string][])(
  '%s is said in one sentence, at once',
  lifetime,
  async (_what, config, sentence) => {
    const words = await lastWords(make('whole', config));
    expect(words).toContain(sentence);
    expect(words).not.toMatch(/wrong|\n/);
  },
);

test('what is meant for another port is said too', lifetime, async () => {
  const plain = secured.cluster.bootstrapServers;
  expect(await lastWords(make('whole', { bootstrapServers: plain }))).toBe(
    `There is no TLS at ${plain}: leave ssl out, or name the port for TLS.`,
  );
  expect(await lastWords(make('whole', { bootstrapServers: plain, ssl: false, sasl: scram('whole') }))).toBe(
    `The brokers at ${plain} want no login at this port: leave sasl out, or name the port for logins.`,
  );
  const names = secured.servers.map((server) => server.replace('127.0.0.1', 'localhost'));
  expect(await lastWords(make('whole', { bootstrapServers: names, sasl: scram('whole') }))).toBe(
    `The brokers' certificate at ${names} is for another host: use its names in bootstrapServers.`,
  );
});

test('an application outlives its session at the broker', lifetime, async () => {
  await new Promise((resolve) =>
    setTimeout(resolve, Math.max(0, startedAt + SESSION_MS + 1_000 - Date.now())),
  );
  await judge.produce('text-lines', [{ key: '3', value: 'later' }]);
  await eventually('counted on', () => whole.store('counts').get('later') === 1);
  expect(whole.metrics()).toMatchObject({ rebalances: 1, tasksMigrated: 0 });
});

test('a restart reads its store back with the same rights', async () => {
  await whole.close();
  const again = make('whole', { sasl: scram('whole') }, wordCountTopology('text-'));
  await again.start();
  expect(again.store('counts').get('a')).toBe(3);
});
