import { type Command, Option } from 'commander';
import type { RecordView } from '#shared/contract/cluster-types.ts';
import type { TailEvent, TailStart } from '#shared/contract/inspect.ts';
import { UsageError } from '../usage-error.ts';
import { showPayload, toTime } from './inspect-store.ts';
import { parseWhole } from './parse-whole.ts';
import { print } from './print.ts';
import { toTerminalText } from './terminal-text.ts';
import { addClusterOptions, type ClusterFlags, type OpenCluster, withCluster } from './with-cluster.ts';

interface TailFlags extends ClusterFlags {
  readonly partition?: string;
  readonly from: string;
  readonly filter?: string;
  readonly isolation: 'read_uncommitted' | 'read_committed';
  readonly limit?: string;
  readonly follow: boolean;
}

export function addInspectTail(inspect: Command): void {
  addClusterOptions(
    inspect
      .command('tail')
      .description('the records of a topic as they come, until Ctrl-C; with --json one object a line')
      .argument('<TOPIC>')
      .option('--partition <number>', 'only this partition')
      .option('--from <start>', 'end, start, last:N, offset:N or an ISO time', 'last:10')
      .option('--filter <cel>', 'only records for which this CEL expression is true')
      .addOption(
        new Option('--isolation <level>', 'whether records of open transactions are shown')
          .choices(['read_committed', 'read_uncommitted'])
          .default('read_committed'),
      )
      .option('--limit <number>', 'end after this many records')
      .option('--no-follow', 'end when the end of the topic is reached'),
  ).action(async (topic: string, flags: TailFlags) => {
    const request = {
      topic,
      partition: flags.partition === undefined ? null : parseWhole('--partition', flags.partition, 0),
      from: parseStart(flags.from),
      isolation: flags.isolation,
      ...(flags.filter === undefined ? {} : { filter: flags.filter }),
    };
    const limit = flags.limit === undefined ? null : parseWhole('--limit', flags.limit, 1);
    await withCluster(flags.bootstrap, (open) => tail(open, request, flags, limit));
  });
}

type TailRequest = Omit<Parameters<OpenCluster['inspect']['tail']>[0], 'cluster'>;

async function tail(
  { cluster, inspect, signal }: OpenCluster,
  request: TailRequest,
  flags: TailFlags,
  limit: number | null,
): Promise<void> {
  const enough = new AbortController();
  let left = limit ?? Number.POSITIVE_INFINITY;
  const emit = (event: TailEvent) => {
    if (enough.signal.aborted) return;
    const records = event.records.slice(0, left);
    left -= records.length;
    void print(records.map(flags.json ? toJsonLine : toLine).join(''));
    const note = describeGaps(event);
    if (note) process.stderr.write(note);
    const isAtEnd = event.positions.every(({ next, end }) => next >= end);
    if (left === 0 || (!flags.follow && isAtEnd)) enough.abort();
  };
  await inspect.tail({ cluster, ...request }, emit, AbortSignal.any([signal, enough.signal]));
}

function toJsonLine(record: RecordView): string {
  return `${JSON.stringify(record)}\n`;
}

function toLine({ partition, offset, timestamp, key, value }: RecordView): string {
  const body = `${toTerminalText(showPayload(key))}  ${toTerminalText(showPayload(value))}`;
  return `${toTime(timestamp)}  ${partition}:${offset}  ${body}\n`;
}

/** What the lines above do not show is said, on standard error. */
function describeGaps({ dropped, filterError }: TailEvent): string {
  const gap = dropped > 0 ? `(${dropped} records left out: they came faster than they can be shown)\n` : '';
  return filterError === null ? gap : `${gap}The filter failed: ${filterError}\n`;
}

export function parseStart(text: string): TailStart {
  if (text === 'end' || text === 'start') return text;
  const [, unit, number] = /^(last|offset):(\d+)$/.exec(text) ?? [];
  if (unit === 'offset' && number !== undefined) return { offset: parseWhole('--from offset:N', number, 0) };
  if (unit === 'last' && number !== undefined)
    return { last: parseWhole('--from last:N', number, 1, 10_000) };
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return { timestamp: time };
  throw new UsageError(
    `--from takes end, start, last:N, offset:N or a time like 2026-01-31T12:00:00Z, not "${text}".`,
  );
}
