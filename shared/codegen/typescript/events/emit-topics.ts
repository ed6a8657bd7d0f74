import type { Topic } from '../../../design/design.ts';
import { formatOfType, keyFormatOf } from '../../../design/queries/serde-format.ts';
import { topicConfig } from '../../topics/topic-config.ts';
import { Imports } from '../imports.ts';
import { nameOf, type Project, streamsPackage } from '../project.ts';
import { serdeText } from '../serde-text.ts';
import { docComment, literal, quote } from '../text.ts';

/** `topics.ts`: every topic with its configuration and its serdes. */
export function emitTopics(project: Project): string {
  const imports = new Imports();
  const entries = project.design.topics.map((topic) => emitTopic(project, imports, topic));
  imports.type(streamsPackage, 'Serde');
  return `${imports.text()}
/** A topic as the services agree on it. */
export interface Topic<K, V> {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
  readonly serdes: { readonly key: Serde<K>; readonly value: Serde<V> };
}

export const topics = {
${entries.join('')}};

function topic<K, V>(description: Topic<K, V>): Topic<K, V> {
  return description;
}
`;
}

function emitTopic(project: Project, imports: Imports, topic: Topic): string {
  const use = (name: string) => imports.type('./types.js', name);
  const key = serdeText(project, imports, topic.key.type, keyFormatOf(project.design, topic), use);
  const value = serdeText(
    project,
    imports,
    topic.value.type,
    formatOfType(project.design, topic.value.type),
    use,
  );
  return `${docComment(topic.note, '  ')}  ${nameOf(project.names.topics, topic.id)}: topic({
    name: ${quote(topic.name)},
    partitions: ${topic.partitions},
    replication: ${topic.replication},
    config: ${literal(topicConfig(topic))},
    serdes: { key: ${key}, value: ${value} },
  }),
`;
}
