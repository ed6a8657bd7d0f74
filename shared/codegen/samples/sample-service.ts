import type { Design, Service } from '../../design/design.ts';
import type { Operator, OperatorKind, OperatorOf } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { wiresFrom, wiresInto } from '../../design/queries/wires.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { type StreamShape, shapeInto } from '../plan/stream-shape.ts';
import type { Bound, SampleEvaluator } from './sample-evaluator.ts';
import {
  type EffectCall,
  emptySample,
  type FlowRecord,
  type ServiceSample,
  type TopicRecord,
  Unpredictable,
} from './sample-record.ts';

/** A step of the sampling of one operator: takes a record that arrives at a port. */
export type SampleStep<K extends OperatorKind> = (
  run: SampleService,
  operator: OperatorOf<K>,
  record: FlowRecord,
  port: string,
) => void;

/** Tables that keep versions keep them at least so long. */
const certainHistoryMs = 3_600_000;

/** What a row was from a time on; null where it was deleted. */
export interface RowVersion {
  readonly from: number;
  readonly value: Json;
}

/** Takes the step of whatever operator it is. */
export type TakeStep = (run: SampleService, operator: Operator, record: FlowRecord, port: string) => void;

/**
 * Works out what a service does with a few records, by the meaning of the drawing and without the streams
 * library, so that the tests of a generated service expect what was drawn and not what was generated.
 */
export class SampleService {
  readonly design: Design;
  readonly service: Service;
  readonly evaluator: SampleEvaluator;
  readonly sample = emptySample();
  /** The rows of tables, and what stateful operators keep, by operator and key. */
  readonly #state = new Map<string, Map<string, Json>>();
  readonly #memory = new Map<string, unknown>();
  /** Counts what is written, kept or done. */
  #effect = 0;
  /** Records on their way through a repartition topic. */
  readonly #waiting: (() => void)[] = [];
  readonly #send: (record: TopicRecord) => void;
  readonly #takeStep: TakeStep;

  constructor(
    design: Design,
    service: Service,
    evaluator: SampleEvaluator,
    send: (record: TopicRecord) => void,
    takeStep: TakeStep,
  ) {
    this.design = design;
    this.service = service;
    this.evaluator = evaluator;
    this.#send = send;
    this.#takeStep = takeStep;
  }

  /** Takes a record of a topic and follows it to the end. */
  receive(record: TopicRecord): void {
    const readers = this.service.operators.filter(
      (operator) => sources.has(operator.kind) && 'topic' in operator && operator.topic === record.topic,
    );
    if (readers.length === 0) return;
    this.sample.inputs.push(record);
    if (this.sample.unpredictable !== null) return;
    try {
      const before = this.#effect;
      for (const reader of readers) this.#read(reader, record);
      for (let step = this.#waiting.shift(); step !== undefined; step = this.#waiting.shift()) step();
      if (this.#effect === before) this.sample.idle.add(record);
    } catch (error) {
      if (!(error instanceof Unpredictable)) throw error;
      this.sample.unpredictable = error.message;
    }
  }

  #read(reader: Operator, record: TopicRecord): void {
    const row = reader.kind === 'stream' ? {} : { before: this.keepRow(reader, record) };
    this.give(reader, 'out', { ...record, ...row });
  }

  /** Passes a record on along the wires of an output. */
  give(operator: Operator, port: string, record: FlowRecord): void {
    for (const wire of wiresFrom(this.design, operator.id, port)) {
      const next = indexDesign(this.design).operators.get(wire.to.operator)?.operator;
      if (next !== undefined) this.#takeStep(this, next, record, wire.to.port);
    }
  }

  /** Goes on later, as behind a repartition topic, or at once. */
  cross(isRepartitioned: boolean, step: () => void): void {
    if (isRepartitioned) this.#waiting.push(step);
    else step();
  }

  write(topic: string, record: FlowRecord): void {
    const { key, value, timestamp, origin } = record;
    const written: TopicRecord = { topic, key, value, timestamp, origin };
    this.sample.outputs.push(written);
    this.#effect += 1;
    this.#send(written);
  }

  perform(call: EffectCall): void {
    this.sample.effects.push(call);
    this.#effect += 1;
  }

  /** The sample, with the tables as they are now. */
  finish(): ServiceSample {
    const tables = this.service.operators.filter(
      (operator) =>
        operator.kind === 'table' || (operator.kind === 'aggregate' && operator.window === undefined),
    );
    for (const { id } of tables) this.sample.rows.set(id, this.stateOf(id));
    return this.sample;
  }

  stateOf(operator: string): ReadonlyMap<string, Json> {
    return this.#state.get(operator) ?? new Map();
  }

  keep(operator: string, key: string, value: Json): void {
    const state = this.#state.get(operator) ?? new Map<string, Json>();
    this.#state.set(operator, state.set(key, value));
    this.#effect += 1;
  }

  /** Something that an operator remembers beside its rows. */
  memory<T>(name: string, begin: () => T): T {
    const known = this.#memory.get(name) as T | undefined;
    if (known !== undefined) return known;
    const made = begin();
    this.#memory.set(name, made);
    return made;
  }

  /** Says that a record changed something that is neither written nor a row. */
  noteEffect(): void {
    this.#effect += 1;
  }

  /** Makes a record the row of its key, and gives the row of before. */
  keepRow(table: Operator, { key, value, timestamp }: FlowRecord): Json {
    const before = this.stateOf(table.id).get(keyText(key)) ?? null;
    this.keep(table.id, keyText(key), value);
    const versions = this.#versions(table.id);
    const ofKey = versions.get(keyText(key)) ?? [];
    versions.set(keyText(key), [...ofKey, { from: timestamp, value }]);
    return before;
  }

  /** The row of the table that is wired to a port. */
  lookUp(operator: Operator, port: string, key: Json): Json {
    return this.stateOf(this.#askedTable(operator, port, key)).get(keyText(key)) ?? null;
  }

  /** The row as it was at a time. */
  rowAsOf(operator: Operator, port: string, key: Json, time: number): Json {
    const all = this.#versions(this.#askedTable(operator, port, key));
    const times = [...all.values()].flatMap((versions) => versions.map(({ from }) => from));
    const isKept = times.every((from) => from - time < certainHistoryMs);
    const versions = all.get(keyText(key)) ?? [];
    const isInOrder = versions.every(({ from }, at) => from >= (versions[at - 1]?.from ?? 0));
    if (!isKept || !isInOrder) throw new Unpredictable('a row is asked for as it was long ago');
    return versions.findLast(({ from }) => from <= time)?.value ?? null;
  }

  #versions(table: string): Map<string, readonly RowVersion[]> {
    return this.memory(`${table} versions`, () => new Map());
  }

  /** The table wired to a port; notes which of its keys was asked for. */
  #askedTable(operator: Operator, port: string, key: Json): string {
    const table = wiresInto(this.design, operator.id, port)[0]?.from.operator ?? '';
    const source = indexDesign(this.design).operators.get(table)?.operator;
    if (source?.kind === 'aggregate' && source.suppress !== undefined) {
      throw new Unpredictable('a table that holds its rows back is asked for one');
    }
    if (source !== undefined && 'topic' in source && source.topic !== null) {
      const asked = this.sample.lookups.get(source.topic) ?? new Set();
      this.sample.lookups.set(source.topic, asked.add(keyText(key)));
    }
    return table;
  }

  shape(operator: Operator, port: string): StreamShape {
    return shapeInto(this.design, operator.id, port);
  }

  bound(operator: Operator, record: FlowRecord): Bound {
    const { key, value } = this.shape(operator, 'in');
    return { key: [key, record.key], value: [value, record.value] };
  }
}

const sources: ReadonlySet<OperatorKind> = new Set(['stream', 'table', 'globalTable']);

/** Keys are equal when their text is. */
export function keyText(key: Json): string {
  return JSON.stringify(key);
}
