import type { Processor, ProcessorSupplier } from '../../processor.ts';
import type { Serde } from '../../serdes.ts';
import { compareBytes } from '../ordered-byte-map.ts';
import type { ValueGetterSupplier } from '../table-origin.ts';
import { murmur3 } from './murmur3.ts';
import type { Answer } from './subscription-serdes.ts';

export interface AnswerResolver {
  readonly leftRows: ValueGetterSupplier;
  readonly leftValue: Serde<unknown>;
  readonly joiner: (value: unknown, foreignValue: unknown) => unknown;
  readonly left: boolean;
}

/**
 * Joins an answer with the left row that asked. If that row has changed since, the answer is stale: the
 * change has asked again, so this one is dropped. (Kafka Streams: `ResponseJoinProcessorSupplier`.)
 */
export function resolveAnswers({ leftRows, leftValue, joiner, left }: AnswerResolver): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const lookUp = leftRows.get(context);
        process = (record) => {
          const { hash, foreignValue } = record.value as Answer;
          const row = lookUp(record.key);
          const current = row === null ? null : murmur3(leftValue.serialize(row.value));
          const same = current === null ? hash === null : hash !== null && compareBytes(hash, current) === 0;
          if (!same) {
            context.recordDropped('stale-answer');
            return;
          }
          const joins = foreignValue !== null || (left && row !== null);
          const value = joins ? (joiner(row?.value ?? null, foreignValue) ?? null) : null;
          context.forward({ ...record, value });
        };
      },
      process: (record) => process(record),
    };
  };
}
