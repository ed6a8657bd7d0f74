import type { Service } from '../../../design/design.ts';
import type { Operator } from '../../../design/operators/registry.ts';
import { indexDesign } from '../../../design/queries/index-design.ts';
import { storeNameIn } from '../../../design/queries/kafka-names.ts';
import { historyRetentionMs } from '../../../design/queries/table-rows.ts';
import { wiresFrom } from '../../../design/queries/wires.ts';
import { checkName } from '../../naming/project-names.ts';
import { sampleStart } from '../../samples/sample-design.ts';
import type { ServiceSample, TopicRecord } from '../../samples/sample-record.ts';
import { Imports } from '../imports.ts';
import { eventsPackage, nameOf, type Project, streamsPackage, topicOf } from '../project.ts';
import { deadLetterTestText, errorHandlingText } from '../service/dead-letters.ts';
import type { ServiceEmission } from '../service/service-emission.ts';
import { grouped, literal, quote } from '../text.ts';

/**
 * `test/topology.test.ts`: the first telling records of the feeds go in, and what the drawing makes of them must
 * come out. What is expected was worked out from the drawing, without the generated code.
 */
export function emitTopologyTest(emission: ServiceEmission, sample: ServiceSample): string {
  const test = new TopologyTest(emission, sample);
  const body = sample.inputs.length === 0 ? test.buildOnly() : test.withRecords();
  const letters = test.deadLetters();
  return `${test.imports.text()}\n${body}${letters}`;
}

class TopologyTest {
  readonly imports = new Imports();
  readonly #emission: ServiceEmission;
  readonly #project: Project;
  readonly #service: Service;
  readonly #sample: ServiceSample;
  readonly #inputs: readonly TopicRecord[];

  constructor(emission: ServiceEmission, sample: ServiceSample) {
    this.#emission = emission;
    this.#project = emission.project;
    this.#service = emission.service;
    this.#sample = sample;
    this.#inputs = tellingInputs(emission, sample);
    this.imports.standard('node:assert/strict', 'assert');
    this.imports.value('node:test', 'test');
    this.imports.value('../src/generated/topology.js', 'buildTopology');
  }

  /** Nothing is fed to this service: its topology must at least hold together. */
  buildOnly(): string {
    return `test('the topology holds together', () => {
  const description = String(buildTopology(${this.#handlers()}).describe());
  assert.match(description, /Sub-topolog/);
});
`;
  }

  withRecords(): string {
    const isKnown = this.#sample.unpredictable === null;
    const title = isKnown
      ? 'does with sample records what the drawing says'
      : 'takes sample records, and writes only valid ones';
    const driver = this.imports.value(`${streamsPackage}/testing`, 'TopologyTestDriver');
    const handlers = this.#handlers();
    const outputs = isKnown ? this.#expectedOutputs() : this.#validOutputs();
    return `const start = Date.UTC(2026, 0, 1);

test(${quote(title)}, () => {
  ${this.#records()}const driver = new ${driver}(buildTopology(${handlers}), ${this.#options()});
  ${[...new Set(this.#inputs.map(({ topic }) => topic))].map((topic) => this.#inputTopic(topic)).join('')}
  ${this.#inputs.map((record) => this.#pipe(record)).join('')}
  ${outputs}});
`;
  }

  deadLetters(): string {
    return deadLetterTestText(this.#project, this.#service, this.imports, this.#handlers(false));
  }

  /** The driver's options: its clock, and what is done about errors. */
  #options(): string {
    const handling = errorHandlingText(this.#project, this.#service, this.imports);
    return `{ ${handling === null ? '' : `...${handling}, `}initialWallClockTime: start }`;
  }

  #records(): string {
    return this.#sideEffects().length > 0 ? 'const calls: unknown[] = [];\n  ' : '';
  }

  #sideEffects(): readonly string[] {
    return [...this.#emission.handlers].filter(([, { gives }]) => gives === null).map(([name]) => name);
  }

  /** Side effects are only noted; what decides is the user's own function. */
  #handlers(areNoted = this.#inputs.length > 0): string {
    const { handlers, handlerNames, handlerFiles } = this.#emission;
    if (handlers.size === 0) return '';
    const effects = this.#sideEffects();
    const members = [...handlers.keys()].map((name) => {
      const called = nameOf(handlerNames, name);
      if (effects.includes(name)) {
        return areNoted ? `${called}: (input) => void calls.push(input)` : `${called}: () => {}`;
      }
      return this.imports.value(`../src/handlers/${nameOf(handlerFiles, name)}.js`, called);
    });
    return `{ ${members.join(', ')} }`;
  }

  #topic(id: string): string {
    return `${this.imports.value(eventsPackage(this.#project), 'topics')}.${this.#variable(id)}`;
  }

  #variable(id: string): string {
    return nameOf(this.#project.names.topics, topicOf(this.#project, id).id);
  }

  #inputTopic(id: string): string {
    const topic = this.#topic(id);
    return `const ${this.#variable(id)} = driver.createInputTopic(${topic}.name, ${topic}.serdes.key, ${topic}.serdes.value);\n`;
  }

  #pipe({ topic, key, value, timestamp }: TopicRecord): string {
    const at = timestamp === sampleStart ? 'start' : `start + ${grouped(timestamp - sampleStart)}`;
    return `${this.#variable(topic)}.pipeInput(${literal(key)}, ${literal(value)}, { timestamp: ${at} });\n`;
  }

  #expectedOutputs(): string {
    const calls =
      this.#sideEffects().length === 0
        ? ''
        : `assert.deepEqual(calls, ${literal(this.#sample.effects.map(({ input }) => input))});\n`;
    const texts = [...this.#outputTopics()].map((topic) => {
      const pairs = this.#sample.outputs
        .filter((record) => record.topic === topic)
        .map(({ key, value }) => [key, value]);
      return `assert.deepEqual(${this.#outputTopic(topic)}.readKeyValues(), ${literal(pairs)});\n`;
    });
    return [...texts, ...this.#expectedRows(), calls].join('');
  }

  #validOutputs(): string {
    const texts = [...this.#outputTopics()].map((id) => {
      const { type } = topicOf(this.#project, id).value;
      if (typeof type !== 'object' || !('ref' in type))
        return `assert.ok(${this.#outputTopic(id)}.readValues().every((value) => value !== null));\n`;
      const check = this.imports.value(
        eventsPackage(this.#project),
        checkName(nameOf(this.#project.names.types, type.ref)),
      );
      return `for (const value of ${this.#outputTopic(id)}.readValues()) assert.deepEqual(${check}(value, ''), []);\n`;
    });
    return texts.join('');
  }

  #outputTopics(): ReadonlySet<string> {
    const written = this.#service.operators.flatMap((operator) =>
      (operator.kind === 'sink' || operator.kind === 'deadLetter') && operator.topic !== null
        ? [operator.topic]
        : [],
    );
    return new Set([...written, ...this.#sample.outputs.map(({ topic }) => topic)]);
  }

  #outputTopic(id: string): string {
    const topic = this.#topic(id);
    return `driver.createOutputTopic(${topic}.name, ${topic}.serdes.key, ${topic}.serdes.value)`;
  }

  /** What can be asked for over HTTP, and what aggregates hold. */
  #expectedRows(): readonly string[] {
    return this.#service.operators.flatMap((operator) => {
      const store = shownStore(this.#project, operator);
      const rows = this.#sample.rows.get(operator.id);
      if (store === null || rows === undefined) return [];
      return [...rows]
        .filter(([key]) => this.#isShown(operator, key))
        .map(
          ([key, value]) =>
            `assert.deepEqual(${this.#row(operator, store, literal(JSON.parse(key)))}, ${literal(value)});\n`,
        );
    });
  }

  /** A table that keeps versions has another kind of store. */
  #row(operator: Operator, store: string, key: string): string {
    return historyRetentionMs(this.#service, operator) === null
      ? `driver.getKeyValueStore(${quote(store)}).get(${key})`
      : `driver.getVersionedKeyValueStore(${quote(store)}).get(${key})?.value ?? null`;
  }

  /** Of a table only the rows whose last change goes in. */
  #isShown(operator: Operator, key: string): boolean {
    if (operator.kind !== 'table') return true;
    const last = this.#sample.inputs.findLast(
      (record) => record.topic === operator.topic && JSON.stringify(record.key) === key,
    );
    return last !== undefined && this.#inputs.includes(last);
  }
}

/** Tables that can be asked over HTTP, and aggregates, by the name of their store. */
function shownStore(project: Project, operator: Operator): string | null {
  if (operator.kind === 'aggregate') return operator.store;
  const isQueried = wiresFrom(project.design, operator.id).some(
    (wire) => indexDesign(project.design).operators.get(wire.to.operator)?.operator.kind === 'httpQuery',
  );
  const placed = indexDesign(project.design).operators.get(operator.id);
  return operator.kind === 'table' && isQueried && placed ? storeNameIn(placed.service, operator) : null;
}

const mostIdle = 2;

/**
 * Of what only a table is made of, the rows that are looked up; of what leads to nothing, an example or two; and
 * nothing that comes after all is said.
 */
function tellingInputs({ service }: ServiceEmission, sample: ServiceSample): readonly TopicRecord[] {
  const isOnlyLookedUp = (topic: string) => sample.lookups.has(topic) && isLookedUpOnly(service, topic);
  const isWanted = ({ topic, key }: TopicRecord) =>
    !isOnlyLookedUp(topic) || sample.lookups.get(topic)?.has(JSON.stringify(key));
  const last = sample.inputs.findLastIndex(({ topic }) => !isOnlyLookedUp(topic));
  const wanted = sample.inputs.slice(0, last + 1).filter(isWanted);
  const idle = wanted.filter((record) => sample.idle.has(record)).slice(mostIdle);
  return wanted.filter((record) => !idle.includes(record));
}

/** Whether rows of the topic lead to nothing by themselves: streams look them up, or requests ask for them. */
function isLookedUpOnly(service: Service, topic: string): boolean {
  const readers = service.operators.filter((operator) => 'topic' in operator && operator.topic === topic);
  return readers
    .filter(({ kind }) => kind === 'stream' || kind === 'table' || kind === 'globalTable')
    .every((reader) => reader.kind !== 'stream' && followersOf(service, reader).every(onlyAsks));
}

function followersOf(service: Service, operator: Operator): readonly Operator[] {
  const ids = service.wires.flatMap(({ from, to }) => (from.operator === operator.id ? [to.operator] : []));
  return service.operators.filter(({ id }) => ids.includes(id));
}

function onlyAsks(operator: Operator): boolean {
  if (operator.kind === 'httpQuery') return true;
  return (
    operator.kind === 'join' && (operator.inputs === 'streamTable' || operator.inputs === 'streamGlobalTable')
  );
}
