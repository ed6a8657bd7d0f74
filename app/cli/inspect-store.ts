import { type Command, Option } from 'commander';
import type { Payload } from '#shared/contract/cluster-types.ts';
import { type StoreContent, storeKinds } from '#shared/contract/inspect.ts';
import { parseWhole } from './parse-whole.ts';
import { print, printJson } from './print.ts';
import { formatTable } from './table.ts';
import { addClusterOptions, type ClusterFlags, withCluster } from './with-cluster.ts';

interface StoreFlags extends ClusterFlags {
  readonly kind: 'auto' | StoreContent['kind'];
  readonly windowSizeMs?: string;
  readonly contains?: string;
  readonly limit: string;
}

export function addInspectStore(inspect: Command): void {
  addClusterOptions(
    inspect
      .command('store')
      .description('the content of a state store, read from its changelog topic')
      .argument('<TOPIC>', 'the changelog topic')
      .addOption(
        new Option('--kind <kind>', 'how keys are read').choices(['auto', ...storeKinds]).default('auto'),
      )
      .option('--window-size-ms <ms>', 'the size of its windows, to tell where they end')
      .option('--contains <text>', 'only entries whose key or value has this text')
      .option('--limit <number>', 'the most entries shown', '100'),
  ).action(async (topic: string, flags: StoreFlags) => {
    const limit = parseWhole('--limit', flags.limit, 1, 10_000);
    const size = flags.windowSizeMs;
    const request = {
      topic,
      kind: flags.kind,
      limit,
      ...(size === undefined ? {} : { windowSizeMs: parseWhole('--window-size-ms', size, 1) }),
      ...(flags.contains === undefined ? {} : { contains: flags.contains }),
    };
    await withCluster(flags.bootstrap, async ({ cluster, inspect, signal }) => {
      const content = await inspect.store({ cluster, ...request }, signal);
      await (flags.json ? printJson(content) : print(describeStore(content)));
    });
  });
}

function describeStore(content: StoreContent): string {
  const windowed = content.entries.some(({ window }) => window !== null);
  const header = ['KEY', ...(windowed ? ['FROM', 'TO'] : []), 'VALUE', 'PARTITION', 'OFFSET'];
  const rows = content.entries.map((entry) => [
    showPayload(entry.key),
    ...(windowed ? [toTime(entry.window?.start ?? null), toTime(entry.window?.end ?? null)] : []),
    showPayload(entry.value),
    entry.partition,
    entry.offset,
  ]);
  return `${formatTable(header, rows)}${describeScan(content)}\n`;
}

/** What the table stands for: never more than was read. */
function describeScan({ entries, keys, scanned, kind, kindInferred, stopped, asOf }: StoreContent): string {
  const shown = entries.length < keys ? `${entries.length} of ${keys} keys` : `${keys} keys`;
  const told = kindInferred ? `read as ${kind} (inferred)` : `read as ${kind}`;
  const left = asOf
    .filter(({ offset, end }) => offset < end)
    .map(({ partition, offset }) => `${partition} at ${offset}`);
  const partial = stopped === 'end' ? '' : ` PARTIAL: stopped by ${stopped}; partition ${left.join(', ')}.`;
  return `${shown}, ${told}, from ${scanned} records of the changelog.${partial}`;
}

export function showPayload({ kind, text, truncated }: Payload): string {
  if (kind === 'null') return 'null';
  return `${kind === 'binary' ? '0x' : ''}${text}${truncated ? '…' : ''}`;
}

export function toTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
