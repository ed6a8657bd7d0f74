import type { Design, Topic } from '../../design/design.ts';
import type { GeneratedFile } from '../file-map.ts';
import { topicConfig } from './topic-config.ts';

type TextFile = readonly [path: string, file: GeneratedFile];

/** The target `topics`: the design's topics as data, as a shell script, and as Strimzi resources. */
export function emitTopicFiles(design: Design): readonly TextFile[] {
  return [
    file('topics.json', `${JSON.stringify(design.topics.map(asData), null, 2)}\n`),
    file('create-topics.sh', emitScript(design), true),
    file('strimzi-topics.yaml', design.topics.map(emitStrimzi).join('---\n')),
  ];
}

function file(path: string, text: string, executable = false): TextFile {
  return [path, { text, ownership: 'generated', ...(executable ? { executable } : {}) }];
}

function asData(topic: Topic) {
  const { name, partitions, replication } = topic;
  return { name, partitions, replicationFactor: replication, config: topicConfig(topic) };
}

function emitScript(design: Design): string {
  return `#!/bin/sh
# Creates the topics that do not exist yet; changes none that do.
# Usage: create-topics.sh HOST:PORT [further options of kafka-topics.sh, such as --command-config FILE]
set -eu

if [ $# -lt 1 ]; then
  echo "usage: $0 HOST:PORT [options of kafka-topics.sh]" >&2
  exit 2
fi
bootstrap=$1
shift

${design.topics.map(emitCommand).join('\n')}`;
}

function emitCommand(topic: Topic): string {
  const { name, partitions, replication } = topic;
  const lines = [
    `kafka-topics.sh --bootstrap-server "$bootstrap" "$@" --create --if-not-exists`,
    `--topic ${shellQuote(name)} --partitions ${partitions} --replication-factor ${replication}`,
    ...Object.entries(topicConfig(topic)).map(([key, value]) => `--config ${shellQuote(`${key}=${value}`)}`),
  ];
  return `${lines.join(' \\\n  ')}\n`;
}

/** One word for a POSIX shell, whatever the text. */
function shellQuote(text: string): string {
  return /^[A-Za-z0-9._=,:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A topic's name may be no name for Kubernetes, which knows no capitals and no underscores. */
function emitStrimzi(topic: Topic): string {
  const config = Object.entries(topicConfig(topic)).map(
    ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}\n`,
  );
  return `apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: ${JSON.stringify(topic.id)}
  labels:
    strimzi.io/cluster: my-cluster
spec:
  topicName: ${JSON.stringify(topic.name)}
  partitions: ${topic.partitions}
  replicas: ${topic.replication}
  config:
${config.join('')}`;
}
