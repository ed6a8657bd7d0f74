import type { ReadOnlyKeyValueStore, ValueAndTimestamp } from '@millstream/streams';
import type { Design } from '#shared/design/design.ts';
import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { checkValue } from '#shared/design/queries/check-value.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { storeNameIn } from '#shared/design/queries/kafka-names.ts';
import { wiresInto } from '#shared/design/queries/wires.ts';
import { topicSerdes } from '../design/design-serdes.ts';
import { operatorFunctions } from '../design/slot-functions.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import type { ServiceRuntime } from './service-runtime.ts';

export interface GatewayAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface GatewayOptions {
  readonly design: Design;
  readonly log: SandboxLog;
  readonly now: () => number;
  readonly runtimeOf: (service: string) => ServiceRuntime | undefined;
}

interface Waiting {
  readonly until: number;
  readonly look: () => GatewayAnswer | null;
  readonly answer: (answer: GatewayAnswer) => void;
}

type Params = Readonly<Record<string, string>>;

/** The HTTP operators of a design, asked without HTTP. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #writers = new Map<string, (params: Params, body: unknown) => GatewayAnswer>();
  readonly #readers = new Map<string, (params: Params) => Promise<GatewayAnswer>>();
  readonly #waiting = new Set<Waiting>();

  constructor(options: GatewayOptions) {
    this.#options = options;
    for (const service of options.design.services) {
      for (const operator of service.operators) {
        if (operator.kind === 'httpWrite') this.#writers.set(operator.id, this.#writer(service.id, operator));
        if (operator.kind === 'httpQuery') this.#readers.set(operator.id, this.#reader(service.id, operator));
      }
    }
  }

  /** Null when the design has no such HTTP operator. */
  async request(operator: string, params: Params, body: unknown): Promise<GatewayAnswer | null> {
    const reader = this.#readers.get(operator);
    if (reader) return reader(params);
    return this.write(operator, params, body);
  }

  write(operator: string, params: Params, body: unknown): GatewayAnswer | null {
    return this.#writers.get(operator)?.(params, body) ?? null;
  }

  /** Looks again at what requests wait for; call after each step. */
  step(): void {
    for (const waiting of this.#waiting) {
      const answer = waiting.look() ?? this.#tooLate(waiting);
      if (answer === null) continue;
      this.#waiting.delete(waiting);
      waiting.answer(answer);
    }
  }

  close(): void {
    for (const { answer } of this.#waiting) answer(unavailable('The sandbox has ended.'));
    this.#waiting.clear();
  }

  #tooLate({ until }: Waiting): GatewayAnswer | null {
    if (this.#options.now() < until) return null;
    return { status: 504, body: { error: 'What you wait for has not happened in time; ask again.' } };
  }

  #writer(service: string, operator: OperatorOf<'httpWrite'>) {
    const { design, log, now, runtimeOf } = this.#options;
    const functions = operatorFunctions(design, operator);
    const key = functions.required('key');
    const value = functions.required('value');
    const topic = operator.topic === null ? undefined : indexDesign(design).topics.get(operator.topic);
    return (params: Params, body: unknown): GatewayAnswer => {
      if (topic === undefined) return unavailable(`“${operator.name}” writes to no topic.`);
      if (runtimeOf(service)?.down) return unavailable('No instance of the gateway runs.');
      const faults = operator.accepts === null ? [] : checkValue(design, { ref: operator.accepts }, body);
      if (faults.length > 0) return { status: 400, body: { error: `${faults.join('; ')}.` } };
      const bindings = { body, params, now: now() };
      const record = { key: key(bindings), value: value(bindings) };
      const serdes = topicSerdes(design, topic);
      log.append(topic.name, null, {
        key: record.key === null ? null : serdes.key.serialize(record.key),
        value: record.value === null ? null : serdes.value.serialize(record.value),
        timestamp: now(),
        headers: [],
      });
      return { status: 201, body: record.value };
    };
  }

  #reader(service: string, operator: OperatorOf<'httpQuery'>) {
    const { design, now, runtimeOf } = this.#options;
    const functions = operatorFunctions(design, operator);
    const key = functions.required('key');
    const waitUntil = functions.optional('waitUntil');
    const source = wiresInto(design, operator.id, 'in')[0]?.from.operator;
    const table = source === undefined ? undefined : indexDesign(design).operators.get(source);
    const store = table ? storeNameIn(table.service, table.operator) : null;
    return async (params: Params): Promise<GatewayAnswer> => {
      const runtime = runtimeOf(service);
      if (store === null || runtime === undefined) return unavailable(`“${operator.name}” reads no table.`);
      const wanted = key({ params });
      const look = (): GatewayAnswer | null => {
        if (runtime.down) return unavailable('No instance of the view runs.');
        const found = lookUp(runtime, store, wanted);
        if (waitUntil === null) return found === null ? notFound(wanted) : fields(operator, found);
        if (found === null || waitUntil({ key: wanted, value: found }) !== true) return null;
        return fields(operator, found);
      };
      const answer = look();
      if (answer !== null) return answer;
      const until = now() + (operator.waitAtMostMs ?? 10_000);
      return new Promise((resolve) => this.#waiting.add({ until, look, answer: resolve }));
    };
  }
}

function lookUp(runtime: ServiceRuntime, store: string, key: unknown): unknown {
  for (const handle of runtime.stores(store)) {
    const found = (handle.store as ReadOnlyKeyValueStore<unknown, ValueAndTimestamp<unknown>>).get(key);
    if (found !== null) return found.value;
  }
  return null;
}

function fields(operator: OperatorOf<'httpQuery'>, value: unknown): GatewayAnswer {
  const wanted = operator.fields;
  if (wanted === undefined || typeof value !== 'object' || value === null)
    return { status: 200, body: value };
  return {
    status: 200,
    body: Object.fromEntries(Object.entries(value).filter(([name]) => wanted.includes(name))),
  };
}

function notFound(key: unknown): GatewayAnswer {
  return { status: 404, body: { error: `There is nothing under ${JSON.stringify(key)}.` } };
}

function unavailable(error: string): GatewayAnswer {
  return { status: 503, body: { error } };
}
