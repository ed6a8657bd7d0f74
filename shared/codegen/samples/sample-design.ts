import type { Design, Feed } from '../../design/design.ts';
import type { OperatorOf } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { readersOf } from '../../design/queries/topic-use.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { type Bound, SampleEvaluator } from './sample-evaluator.ts';
import {
  type GatewayCall,
  type Origin,
  type ServiceSample,
  type TopicRecord,
  Unpredictable,
} from './sample-record.ts';
import { SampleService } from './sample-service.ts';
import { takeStep } from './sample-steps.ts';

/** 1 January 2026, so that sample records have the same time in every run. */
export const sampleStart = Date.UTC(2026, 0, 1);

const triedPerFeed = 40;
const mostRows = 1_000;

/**
 * What the services of a design do with the first records of its feeds: of those, the few that make something
 * happen that no earlier one did.
 */
export function sampleDesign(design: Design): ReadonlyMap<string, ServiceSample> {
  const all = run(design, () => true);
  const telling = tellingOrigins(design, all);
  return run(design, (origin) => isRow(design, origin.feed) || telling.has(originText(origin)));
}

function run(design: Design, isWanted: (origin: Origin) => boolean): ReadonlyMap<string, ServiceSample> {
  const evaluator = new SampleEvaluator(design);
  const log: TopicRecord[] = [];
  const send = (record: TopicRecord): void => void log.push(record);
  const services = design.services.map(
    (service) => new SampleService(design, service, evaluator, send, takeStep),
  );
  for (const arrival of arrivals(design).filter(({ origin }) => isWanted(origin))) {
    try {
      const record = arrive(design, evaluator, arrival, services);
      if (record !== null) log.push(record);
    } catch (error) {
      if (!(error instanceof Unpredictable)) throw error;
    }
    for (let next = log.shift(); next !== undefined; next = log.shift()) {
      for (const service of services) service.receive(next);
    }
  }
  return new Map(services.map((run) => [run.service.id, run.finish()]));
}

interface Arrival {
  readonly feed: Feed;
  readonly origin: Origin;
  readonly at: number;
}

/** The records of all feeds in the order of their time. */
function arrivals(design: Design): readonly Arrival[] {
  const all = design.feeds.flatMap((feed) => {
    const most = isRow(design, feed.id) ? mostRows : triedPerFeed;
    const pause = feed.perSecond === 0 ? 0 : 1_000 / feed.perSecond;
    const count = Math.min(feed.count ?? triedPerFeed, most);
    return Array.from({ length: count }, (_, n): Arrival => {
      const at = sampleStart + (feed.startAfterMs ?? 0) + Math.round(n * pause);
      return { feed, origin: { feed: feed.id, n }, at };
    });
  });
  return all.sort((a, b) => a.at - b.at);
}

/** Whether a feed fills a topic that is only read as a table. */
function isRow(design: Design, feedId: string): boolean {
  const into = indexDesign(design).feeds.get(feedId)?.into;
  if (into === undefined || !('topic' in into)) return false;
  const readers = readersOf(design, into.topic).filter((use) => use.by === 'operator');
  return (
    readers.length > 0 &&
    readers.every(({ operator }) => operator.kind === 'table' || operator.kind === 'globalTable')
  );
}

function arrive(
  design: Design,
  evaluator: SampleEvaluator,
  { feed, origin, at }: Arrival,
  services: readonly SampleService[],
): TopicRecord | null {
  const n = ['int', origin.n] as const;
  if ('topic' in feed.into) {
    const topic = indexDesign(design).topics.get(feed.into.topic);
    if (topic === undefined) return null;
    const key = feed.key === undefined ? null : evaluator.evaluate(feed.key, { n }, topic.key.type);
    const value = evaluator.evaluate(feed.value, { n }, topic.value.type);
    return { topic: topic.id, key, value, timestamp: at, origin };
  }
  const placed = indexDesign(design).operators.get(feed.into.gateway);
  if (placed?.operator.kind !== 'httpWrite' || placed.operator.accepts === null) return null;
  const body = evaluator.evaluate(feed.value, { n }, { ref: placed.operator.accepts });
  const named = feed.key === undefined ? '' : String(evaluator.evaluate(feed.key, { n }, 'string'));
  const names = [...placed.operator.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const params = Object.fromEntries(names.map((name) => [name, named]));
  const call = callGateway(design, evaluator, placed.operator, { body, params, at, origin });
  services.find(({ service }) => service === placed.service)?.sample.requests.push(call);
  return call.record;
}

function callGateway(
  design: Design,
  evaluator: SampleEvaluator,
  operator: OperatorOf<'httpWrite'>,
  { body, params, at, origin }: Omit<GatewayCall, 'operator' | 'record'> & { at: number; origin: Origin },
): GatewayCall {
  const topic = indexDesign(design).topics.get(operator.topic ?? '');
  if (topic === undefined)
    throw new Error(`The plan let ${operator.id} through although its topic is unknown.`);
  const bound: Bound = {
    body: [{ ref: operator.accepts ?? '' }, body],
    params: [{ path: operator.path }, params],
    now: ['timestamp', at],
  };
  const key = evaluator.evaluate(operator.key, bound, topic.key.type);
  const value = evaluator.evaluate(operator.value, bound, topic.value.type);
  return {
    operator: operator.id,
    body,
    params,
    record: { topic: topic.id, key, value, timestamp: at, origin },
  };
}

/** The records that first made a service say something of its kind: a new state, verdict or branch. */
function tellingOrigins(design: Design, samples: ReadonlyMap<string, ServiceSample>): ReadonlySet<string> {
  const symbols = new Set(design.schemas.flatMap((schema) => (schema.kind === 'enum' ? schema.symbols : [])));
  const seen = new Set<string>();
  const telling = new Set<string>();
  for (const [service, sample] of samples) {
    const events = [
      ...sample.requests.map(({ record }) => record),
      ...sample.outputs,
      ...sample.effects.map(({ handler, input, origin }) => ({
        topic: handler,
        value: input.value ?? null,
        origin,
      })),
      ...(sample.unpredictable === null ? [] : sample.inputs.slice(0, 5)),
    ];
    for (const { topic, value, origin } of events) {
      const signs = signsOf(symbols, value).map((sign) => `${service} ${topic} ${sign}`);
      if (signs.every((sign) => seen.has(sign))) continue;
      for (const sign of signs) seen.add(sign);
      telling.add(originText(origin));
    }
  }
  return telling;
}

function originText(origin: Origin): string {
  return `${origin.feed} ${origin.n}`;
}

/** What of a value tells one case from another: its symbols, and its yes and no, each with its place. */
function signsOf(symbols: ReadonlySet<string>, value: Json, path = ''): readonly string[] {
  if (typeof value === 'boolean' || (typeof value === 'string' && symbols.has(value)))
    return [`${path}=${value}`];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, part]) => signsOf(symbols, part, `${path}.${name}`));
}
