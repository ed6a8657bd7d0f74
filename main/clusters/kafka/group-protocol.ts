import { createAPI, type Reader, Writer } from '@platformatic/kafka';

/**
 * Three requests that no client for Node has: ShareGroupDescribe v1 (KIP-932), StreamsGroupDescribe v0 (KIP-1071)
 * and DescribeShareGroupOffsets v0. Their shapes are in Kafka 4.3's clients jar, `common/message/*.json`.
 */
export interface DescribedMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly host: string;
}

export interface ShareMember extends DescribedMember {
  readonly assigned: readonly { readonly topic: string; readonly partitions: readonly number[] }[];
}

export interface StreamsMember extends DescribedMember {
  readonly activeTasks: readonly SubtopologyTasks[];
}

/** The partitions of a subtopology's source topics that one member works on. */
export interface SubtopologyTasks {
  readonly subtopology: string;
  readonly partitions: readonly number[];
}

export interface Subtopology {
  readonly id: string;
  readonly sourceTopics: readonly string[];
  readonly repartitionSourceTopics: readonly string[];
}

interface Described<M> {
  readonly errorCode: number;
  readonly groupId: string;
  readonly state: string;
  readonly assignor: string;
  readonly members: readonly M[];
}

export type DescribedShareGroup = Described<ShareMember>;

export interface DescribedStreamsGroup extends Described<StreamsMember> {
  /** Null while the group has no topology that fits its topics. */
  readonly subtopologies: readonly Subtopology[] | null;
}

export interface SharePartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly startOffset: bigint;
}

export interface ShareGroupOffsets {
  readonly groupId: string;
  readonly errorCode: number;
  readonly offsets: readonly SharePartitionOffset[];
}

export const shareGroupDescribe = createAPI<[string[]], DescribedShareGroup[]>(
  77,
  1,
  writeGroupIds,
  parsing((reader) => reader.readArray(readShareGroup)),
);

export const streamsGroupDescribe = createAPI<[string[]], DescribedStreamsGroup[]>(
  89,
  0,
  writeGroupIds,
  parsing((reader) => reader.readArray(readStreamsGroup)),
);

export const describeShareGroupOffsets = createAPI<[string[]], ShareGroupOffsets[]>(
  90,
  0,
  (groupIds: string[]) =>
    Writer.create()
      .appendArray(groupIds, (writer, id) => writer.appendString(id).appendArray(null, () => undefined))
      .appendTaggedFields(),
  parsing((reader) => reader.readArray(readShareOffsets)),
);

function writeGroupIds(groupIds: string[]): Writer {
  return Writer.create()
    .appendArray(groupIds, (writer, id) => writer.appendString(id), true, false)
    .appendBoolean(false)
    .appendTaggedFields();
}

/** Every answer here begins with the time for which it was throttled. */
function parsing<T>(read: (reader: Reader) => T) {
  return (_correlationId: number, _apiKey: number, _version: number, reader: Reader): T => {
    reader.readInt32();
    return read(reader);
  };
}

function readShareGroup(reader: Reader): DescribedShareGroup {
  const head = readGroupHead(reader);
  const assignor = reader.readString();
  const members = reader.readArray((): ShareMember => {
    const memberId = reader.readString();
    reader.readNullableString();
    reader.readInt32();
    const clientId = reader.readString();
    const host = reader.readString();
    readStrings(reader);
    const assigned = reader.readArray(() => {
      reader.readUUID();
      return { topic: reader.readString(), partitions: readInts(reader) };
    });
    reader.readTaggedFields();
    return { memberId, instanceId: null, clientId, host, assigned };
  });
  reader.readInt32();
  return { ...head, assignor, members };
}

function readStreamsGroup(reader: Reader): DescribedStreamsGroup {
  const head = readGroupHead(reader);
  const subtopologies = readNullableStruct(reader, () => {
    reader.readInt32();
    return reader.readNullableArray(() => readSubtopology(reader));
  });
  const members = reader.readArray(() => readStreamsMember(reader));
  reader.readInt32();
  return { ...head, assignor: '', subtopologies, members };
}

function readGroupHead(reader: Reader) {
  const errorCode = reader.readInt16();
  reader.readNullableString();
  const groupId = reader.readString();
  const state = reader.readString();
  reader.readInt32();
  reader.readInt32();
  return { errorCode, groupId, state };
}

function readSubtopology(reader: Reader): Subtopology {
  const id = reader.readString();
  const sourceTopics = readStrings(reader);
  readStrings(reader);
  readTopicInfos(reader);
  return { id, sourceTopics, repartitionSourceTopics: readTopicInfos(reader) };
}

function readStreamsMember(reader: Reader): StreamsMember {
  const memberId = reader.readString();
  reader.readInt32();
  const instanceId = reader.readNullableString();
  reader.readNullableString();
  const clientId = reader.readString();
  const host = reader.readString();
  reader.readInt32();
  reader.readString();
  readNullableStruct(reader, () => [reader.readString(), reader.readUnsignedInt16()]);
  readPairs(reader);
  readTaskOffsets(reader);
  readTaskOffsets(reader);
  const activeTasks = readTasks(reader);
  readTasks(reader);
  readTasks(reader);
  reader.readTaggedFields();
  for (let kind = 0; kind < 3; kind += 1) readTasks(reader);
  reader.readTaggedFields();
  reader.readBoolean();
  return { memberId, instanceId, clientId, host, activeTasks };
}

function readShareOffsets(reader: Reader): ShareGroupOffsets {
  const groupId = reader.readString();
  const topics = reader.readArray(() => {
    const topic = reader.readString();
    reader.readUUID();
    return reader.readArray((): SharePartitionOffset => {
      const partition = reader.readInt32();
      const startOffset = reader.readInt64();
      reader.readInt32();
      reader.readInt16();
      reader.readNullableString();
      return { topic, partition, startOffset };
    });
  });
  const errorCode = reader.readInt16();
  reader.readNullableString();
  return { groupId, errorCode, offsets: topics.flat() };
}

function readNullableStruct<T>(reader: Reader, read: () => T): T | null {
  if (reader.readInt8() < 0) return null;
  const value = read();
  reader.readTaggedFields();
  return value;
}

function readStrings(reader: Reader): string[] {
  return reader.readArray(() => reader.readString(), true, false);
}

function readInts(reader: Reader): number[] {
  return reader.readArray(() => reader.readInt32(), true, false);
}

function readPairs(reader: Reader): [string, string][] {
  return reader.readArray(() => [reader.readString(), reader.readString()]);
}

function readTopicInfos(reader: Reader): string[] {
  return reader.readArray(() => {
    const name = reader.readString();
    reader.readInt32();
    reader.readInt16();
    readPairs(reader);
    return name;
  });
}

function readTaskOffsets(reader: Reader): void {
  reader.readArray(() => [reader.readString(), reader.readInt32(), reader.readInt64()]);
}

function readTasks(reader: Reader): SubtopologyTasks[] {
  return reader.readArray(() => ({ subtopology: reader.readString(), partitions: readInts(reader) }));
}
