import type { Design, Service, Topic } from '../../design/design.ts';
import type { OperatorOf } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { portValueType } from '../../design/queries/port-value-type.ts';
import { topicsWrittenBy } from '../../design/queries/topic-use.ts';
import type { TypeRef } from '../../design/types.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';
import { fits, typeInWords } from '../types-in-words.ts';

export const sinkType: Rule = {
  title: 'A sink writes what its topic holds',
  severity: 'error',
  why: 'Every reader of the topic trusts its schema; a record of another type breaks them all.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) =>
        operator.kind === 'sink' ? mismatches(design, service, operator) : [],
      ),
    ),
};

function mismatches(design: Design, service: Service, sink: OperatorOf<'sink'>): readonly Finding[] {
  const given = portValueType(design, sink.id, 'in');
  const { topics } = indexDesign(design);
  return topicsWrittenBy(sink).flatMap((id) => {
    const topic = topics.get(id);
    if (!topic) return [];
    return [
      ...mismatch(design, service, sink, topic, 'key', given.key, topic.key.type),
      ...mismatch(design, service, sink, topic, 'value', given.value, topic.value.type),
    ];
  });
}

function mismatch(
  design: Design,
  service: Service,
  sink: OperatorOf<'sink'>,
  topic: Topic,
  part: 'key' | 'value',
  given: TypeRef | null,
  wanted: TypeRef,
): readonly Finding[] {
  if (given === null || fits(design, given, wanted)) return [];
  const [gives, takes] = [typeInWords(design, given), typeInWords(design, wanted)];
  return [
    {
      where: atOperator(sink),
      data: { topic: topic.name, service: service.name, part, gives, takes },
      message: `${operatorName(sink, service)} writes ${part}s of type ${gives} to ${topic.name}, whose ${part}s are ${takes}.`,
    },
  ];
}
