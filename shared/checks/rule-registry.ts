import type { Rule } from './rule.ts';
import type { RuleCode } from './rule-codes.ts';
import { branchOutcomes } from './rules/branch-outcomes.ts';
import { coPartitioning } from './rules/co-partitioning.ts';
import { commandConsumer } from './rules/command-consumer.ts';
import { compactedKey } from './rules/compacted-key.ts';
import { compactedStream } from './rules/compacted-stream.ts';
import { countedTwice } from './rules/counted-twice.ts';
import { deadEnd } from './rules/dead-end.ts';
import { deadTopic } from './rules/dead-topic.ts';
import { declaredWriters } from './rules/declared-writers.ts';
import { dualWrite } from './rules/dual-write.ts';
import { duplicateApplicationId } from './rules/duplicate-application-id.ts';
import { duplicateStore } from './rules/duplicate-store.ts';
import { duplicateTopicName } from './rules/duplicate-topic-name.ts';
import { earlyAlert } from './rules/early-alert.ts';
import { effectIdempotence } from './rules/effect-idempotence.ts';
import { emptyService } from './rules/empty-service.ts';
import { eventName } from './rules/event-name.ts';
import { faultyExpression } from './rules/faulty-expression.ts';
import { gatherEmitters } from './rules/gather-emitters.ts';
import { gatherTimeout } from './rules/gather-timeout.ts';
import { incompleteOperator } from './rules/incomplete-operator.ts';
import { joinKey } from './rules/join-key.ts';
import { leanView } from './rules/lean-view.ts';
import { mergeType } from './rules/merge-type.ts';
import { missingTopic } from './rules/missing-topic.ts';
import { moneyType } from './rules/money-type.ts';
import { poisonPath } from './rules/poison-path.ts';
import { privateTopic } from './rules/private-topic.ts';
import { rekeyHops } from './rules/rekey-hops.ts';
import { requestChain } from './rules/request-chain.ts';
import { routedSink } from './rules/routed-sink.ts';
import { singleWriter } from './rules/single-writer.ts';
import { sinkType } from './rules/sink-type.ts';
import { streamAndTable } from './rules/stream-and-table.ts';
import { streamJoinWindow } from './rules/stream-join-window.ts';
import { tableCompaction } from './rules/table-compaction.ts';
import { topicCycle } from './rules/topic-cycle.ts';
import { truthDurability } from './rules/truth-durability.ts';
import { truthRetention } from './rules/truth-retention.ts';
import { unwiredInput } from './rules/unwired-input.ts';
import { wireCycle } from './rules/wire-cycle.ts';

/** A code without its rule does not compile here. */
export const ruleRegistry: { readonly [C in RuleCode]: Rule } = {
  'DS-01': unwiredInput,
  'DS-02': missingTopic,
  'DS-03': faultyExpression,
  'DS-04': incompleteOperator,
  'DS-05': sinkType,
  'DS-06': duplicateStore,
  'DS-07': duplicateTopicName,
  'DS-08': emptyService,
  'DS-09': wireCycle,
  'DS-10': mergeType,
  'DS-11': deadEnd,
  'EV-01': singleWriter,
  'EV-02': declaredWriters,
  'EV-03': eventName,
  'EV-04': commandConsumer,
  'EV-05': deadTopic,
  'EV-06': requestChain,
  'EV-07': topicCycle,
  'EV-08': dualWrite,
  'EV-09': privateTopic,
  'EV-10': leanView,
  'RT-01': truthRetention,
  'RT-02': tableCompaction,
  'RT-03': compactedStream,
  'RT-04': streamAndTable,
  'RT-05': compactedKey,
  'SC-01': coPartitioning,
  'SC-02': joinKey,
  'SC-07': rekeyHops,
  'WT-02': streamJoinWindow,
  'WT-03': earlyAlert,
  'ST-03': truthDurability,
  'ST-05': duplicateApplicationId,
  'TX-01': countedTwice,
  'TX-02': effectIdempotence,
  'TX-04': poisonPath,
  'TX-06': gatherEmitters,
  'TX-07': branchOutcomes,
  'TX-08': gatherTimeout,
  'SM-05': moneyType,
  'SM-06': routedSink,
};
