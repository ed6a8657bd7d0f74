import { ClusterError, type ClusterPort } from '../clusters/cluster-port.ts';

/** A cluster that gives only the answers a test puts in its mouth, for what a real one does too rarely. */
export function stubPort(answers: Partial<ClusterPort>): ClusterPort {
  const refuse = () => Promise.reject(new ClusterError('refused', 'The test did not expect this question.'));
  return {
    describe: refuse,
    listTopics: refuse,
    layoutTopics: refuse,
    topicConfigs: refuse,
    listOffsets: refuse,
    listGroups: refuse,
    describeGroups: refuse,
    committedOffsets: refuse,
    read: refuse,
    createTopics: refuse,
    produce: refuse,
    close: () => Promise.resolve(),
    ...answers,
  };
}

export function unreachable(): ClusterError {
  return new ClusterError('unreachable', 'No Kafka broker answers at 127.0.0.1:9092.');
}
