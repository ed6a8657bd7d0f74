import type { Service } from '../../../design/design.ts';
import type { OperatorOf } from '../../../design/operators/registry.ts';
import { deadLetterOf } from '../../../design/queries/dead-letter-of.ts';
import { formatOfType } from '../../../design/queries/serde-format.ts';
import type { Imports } from '../imports.ts';
import { eventsPackage, nameOf, type Project, runtimePackage, streamsPackage, topicOf } from '../project.ts';

/** `deadLettersTo(topics.x.name)` for a service with a dead letter; null for others. */
export function errorHandlingText(project: Project, service: Service, imports: Imports): string | null {
  const letter = deadLetterOf(service);
  if (letter === null) return null;
  const deadLettersTo = imports.value(runtimePackage(project), 'deadLettersTo');
  return `${deadLettersTo}(${topicText(project, letter.topic, imports)}.name)`;
}

/** The test that a record which cannot be read is not lost; empty where every text can be read. */
export function deadLetterTestText(
  project: Project,
  service: Service,
  imports: Imports,
  handlers: string,
): string {
  const letter = deadLetterOf(service);
  const source = service.operators.find((operator) => isBreakable(project, operator));
  const options = errorHandlingText(project, service, imports);
  if (letter === null || source === undefined || options === null) return '';
  const driver = imports.value(`${streamsPackage}/testing`, 'TopologyTestDriver');
  const serdes = imports.value(streamsPackage, 'Serdes');
  const [input, output] = [source.topic, letter.topic].map((id) => topicText(project, id, imports));
  return `
test('writes what it cannot read to the dead letters, with the cause', () => {
  const driver = new ${driver}(buildTopology(${handlers}), ${options});
  const bytes = ${serdes}.bytes();
  const broken = Buffer.from('{');
  driver.createInputTopic(${input}.name, bytes, bytes).pipeInput(Buffer.from('key'), broken);
  const letters = driver.createOutputTopic(${output}.name, bytes, bytes).readRecords();
  assert.equal(letters.length, 1);
  assert.deepEqual(letters[0]?.value, broken);
  assert.ok(letters[0]?.headers.some(({ key }) => key === '__streams.errors.exception'));
});
`;
}

type Source = OperatorOf<'stream' | 'table'>;

/** Text is never wrong; JSON and numbers can be. */
function isBreakable(project: Project, operator: Service['operators'][number]): operator is Source {
  if ((operator.kind !== 'stream' && operator.kind !== 'table') || operator.topic === null) return false;
  return formatOfType(project.design, topicOf(project, operator.topic).value.type) !== 'string';
}

function topicText(project: Project, id: string | null, imports: Imports): string {
  const topics = imports.value(eventsPackage(project), 'topics');
  return `${topics}.${nameOf(project.names.topics, topicOf(project, id).id)}`;
}
