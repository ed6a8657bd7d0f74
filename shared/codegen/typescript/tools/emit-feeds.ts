import type { Feed } from '../../../design/design.ts';
import { indexDesign } from '../../../design/queries/index-design.ts';
import type { Expression, TypeRef } from '../../../design/types.ts';
import type { HelperName } from '../../../expressions/typescript/helper-sources.ts';
import type { GenerateProblem } from '../../generate-problem.ts';
import { isHandler } from '../../plan/expression-slot.ts';
import { expressionText } from '../expression-text.ts';
import { Imports } from '../imports.ts';
import { eventsPackage, nameOf, type Project, runtimePackage, topicOf } from '../project.ts';
import { literal, quote } from '../text.ts';
import { typeText } from '../type-text.ts';

export interface EmittedFeeds {
  readonly text: string;
  readonly helpers: ReadonlySet<HelperName>;
  readonly problems: readonly GenerateProblem[];
}

/** `tools/lib/feeds.ts`: the records that stand for the world outside. */
export function emitFeeds(project: Project): EmittedFeeds {
  const emission = { project, imports: new Imports(), helpers: new Set<HelperName>(), problems: [] };
  const feeds = project.design.feeds.map((feed) => emitFeed(emission, feed));
  const usesTopics = project.design.feeds.some(({ into }) => 'topic' in into);
  if (usesTopics) emission.imports.type(eventsPackage(project), 'Topic');
  return {
    text: `${emission.imports.text()}${declarations}
export const feeds: readonly Feed[] = [${feeds.join('')}];
${usesTopics ? toTopic : ''}`,
    helpers: emission.helpers,
    problems: emission.problems,
  };
}

const declarations = `
/** A record for a topic, in bytes, or a request to a service. */
export type FeedRecord =
  | { readonly topic: string; readonly key: Buffer | null; readonly value: Buffer }
  | {
      readonly service: string;
      readonly method: 'POST' | 'PUT';
      readonly path: string;
      readonly body: unknown;
    };

/** Records made for a first run, in place of the world outside; the same each time. */
export interface Feed {
  readonly name: string;
  /** The topic that is filled; null for requests to a service. */
  readonly topic: string | null;
  /** How many there are; null: no end. */
  readonly count: number | null;
  /** Records a second; 0: all at once. */
  readonly rate: number;
  /** The record of a number, from 0. */
  readonly record: (n: number) => FeedRecord;
}
`;

const toTopic = `
function toTopic<K, V>(topic: Topic<K, V>, key: K | null, value: V): FeedRecord {
  const { serdes } = topic;
  return {
    topic: topic.name,
    key: key === null ? null : Buffer.from(serdes.key.serialize(key)),
    value: Buffer.from(serdes.value.serialize(value)),
  };
}
`;

interface FeedEmission {
  readonly project: Project;
  readonly imports: Imports;
  readonly helpers: Set<HelperName>;
  readonly problems: GenerateProblem[];
}

function emitFeed(emission: FeedEmission, feed: Feed): string {
  const { project } = emission;
  const record =
    'topic' in feed.into
      ? topicRecord(emission, feed, feed.into.topic)
      : gatewayRecord(emission, feed, feed.into.gateway);
  const topic = 'topic' in feed.into ? quote(topicOf(project, feed.into.topic).name) : 'null';
  return `{
    name: ${quote(nameOf(project.names.feeds, feed.id))},
    topic: ${topic},
    count: ${literal(feed.count ?? null)},
    rate: ${literal(feed.perSecond)},
    record: ${record},
  },
`;
}

function topicRecord(emission: FeedEmission, feed: Feed, topicId: string): string {
  const { project, imports } = emission;
  const topic = topicOf(project, topicId);
  const topics = imports.value(eventsPackage(project), 'topics');
  const key =
    feed.key === undefined ? { code: 'null', uses: [] } : emit(emission, feed, feed.key, topic.key.type);
  const value = emit(emission, feed, feed.value, topic.value.type);
  const called = `toTopic(${topics}.${nameOf(project.names.topics, topic.id)}, ${key.code}, ${value.code})`;
  return `(${[...key.uses, ...value.uses].length > 0 ? 'n' : ''}) => ${called}`;
}

function gatewayRecord(emission: FeedEmission, feed: Feed, operatorId: string): string {
  const { project, imports } = emission;
  const placed = indexDesign(project.design).operators.get(operatorId);
  if (placed?.operator.kind !== 'httpWrite' || placed.operator.accepts === null) {
    note(emission, feed, 'it goes to an operator that takes no requests; choose a gateway.');
    return 'undefined';
  }
  const { operator, service } = placed;
  const accepts: TypeRef = { ref: operator.accepts ?? '' };
  const body = emit(emission, feed, feed.value, accepts);
  const type = typeText(project, accepts, (name) => imports.type(eventsPackage(project), name));
  const key =
    feed.key === undefined ? { code: quote(''), uses: [] } : emit(emission, feed, feed.key, 'string');
  const path = operator.path.replaceAll(/\{[^}]+\}/g, `\${encodeURIComponent(${key.code})}`);
  const hasKey = path !== operator.path;
  return `(${[...body.uses, ...(hasKey ? key.uses : [])].length > 0 ? 'n' : ''}) => ({
    service: ${quote(nameOf(project.names.services, service.id))},
    method: ${quote(operator.method)},
    path: ${hasKey ? `\`${path}\`` : quote(path)},
    body: ${body.code} satisfies ${type},
  })`;
}

function emit(
  emission: FeedEmission,
  feed: Feed,
  expression: Expression,
  gives: TypeRef,
): { code: string; uses: readonly string[] } {
  if (isHandler(expression)) {
    note(emission, feed, 'a feed is an expression, so that it gives the same records each time; write one.');
    return { code: 'undefined', uses: [] };
  }
  const slot = { what: 'feed', variables: { n: 'int' }, gives } as const;
  const result = expressionText(emission.project, expression, slot, {});
  if (!result.ok) {
    for (const message of result.error) note(emission, feed, message);
    return { code: 'undefined', uses: [] };
  }
  for (const helper of result.value.helpers) {
    emission.helpers.add(helper);
    emission.imports.value(runtimePackage(emission.project), helper);
  }
  return result.value;
}

function note(emission: FeedEmission, feed: Feed, says: string): void {
  emission.problems.push({
    code: 'expression',
    where: { id: feed.id },
    message: `In feed “${feed.name}”: ${says}`,
  });
}
