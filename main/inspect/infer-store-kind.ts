import type { ConfigEntry } from '#shared/contract/cluster-types.ts';
import type { StoreKind } from '#shared/contract/inspect.ts';
import type { ClusterRecord } from '../clusters/cluster-port.ts';
import { parseStoreKey } from './store-keys.ts';
import { parseStoreRows } from './store-rows.ts';

/**
 * Told from a changelog's configuration and a few records. Only windowed and session stores are also cut by time,
 * and a window never begins, nor a session end, after the record that changed it; the stores of suppressions and
 * joins have values of a form that nothing else has by chance.
 */
export function inferStoreKind(configs: readonly ConfigEntry[], sample: readonly ClusterRecord[]): StoreKind {
  if (isVersioned(configs)) return 'versioned';
  const policies = policiesOf(configs);
  if (!policies.includes('compact') || sample.length === 0) return 'keyValue';
  const kinds = policies.includes('delete') ? windowedKinds : waitingKinds;
  return kinds.find((kind) => sample.every((record) => looksLike(kind, record))) ?? 'keyValue';
}

/** Versions are compacted later than other rows, by a setting of the topic itself. */
export function isVersioned(configs: readonly ConfigEntry[]): boolean {
  const policies = policiesOf(configs);
  return policies.includes('compact') && !policies.includes('delete') && compactionLagMs(configs) > 0;
}

const DAY_MS = 86_400_000;

/** How far back a versioned store knows: Kafka Streams lets its changelog be compacted a day later. */
export function historyMs(configs: readonly ConfigEntry[]): number | null {
  const lag = compactionLagMs(configs);
  return lag > DAY_MS ? lag - DAY_MS : null;
}

const windowedKinds: readonly StoreKind[] = ['session', 'window'];
/** A record that waits for its table has a value as one that is suppressed, but a key of its own. */
const waitingKinds: readonly StoreKind[] = ['subscription', 'graceBuffer', 'suppress', 'outerJoin'];

function looksLike(kind: StoreKind, { key, value, timestamp }: ClusterRecord): boolean {
  if (key === null) return false;
  if (kind === 'window' || kind === 'session') {
    const window = parseStoreKey(kind, key)?.window;
    const latest = kind === 'session' ? window?.end : window?.start;
    return typeof latest === 'number' && latest <= timestamp;
  }
  return value !== null && parseStoreRows(kind, { key, value, timestamp }) !== null;
}

function policiesOf(configs: readonly ConfigEntry[]): readonly string[] {
  const policy = configs.find(({ name }) => name === 'cleanup.policy')?.value ?? '';
  return policy.split(',').map((each) => each.trim());
}

function compactionLagMs(configs: readonly ConfigEntry[]): number {
  const lag = configs.find(({ name, overridden }) => name === 'min.compaction.lag.ms' && overridden);
  return Number(lag?.value ?? 0);
}
