import type { OperatorOf } from '../../../design/operators/registry.ts';
import { indexDesign } from '../../../design/queries/index-design.ts';
import type { GatewayCall, ServiceSample } from '../../samples/sample-record.ts';
import { Imports } from '../imports.ts';
import { eventsPackage, nameOf, streamsPackage, topicOf } from '../project.ts';
import { literal, quote } from '../text.ts';
import type { ServiceEmission } from './service-emission.ts';

/** Whether there is something to test: what a request becomes is known before it is run. */
export function hasGatewayTest({ service, gatewayUsesHandlers }: ServiceEmission): boolean {
  const kinds = new Set(service.operators.map(({ kind }) => kind));
  return kinds.has('httpWrite') && !kinds.has('httpQuery') && !gatewayUsesHandlers;
}

/** `test/gateway.test.ts`: a right request becomes a record, a wrong one is told what is wrong with it. */
export function emitGatewayTest(emission: ServiceEmission, sample: ServiceSample): string {
  const imports = new Imports();
  imports.standard('node:assert/strict', 'assert');
  imports.value('node:test', 'test');
  imports.value(streamsPackage, 'HttpService');
  imports.value('../src/generated/gateway.js', 'addRoutes');
  const writes = emission.service.operators.filter((operator) => operator.kind === 'httpWrite');
  const tests = writes.map((operator) =>
    emitTest(
      emission,
      imports,
      operator,
      sample.requests.find((call) => call.operator === operator.id),
    ),
  );
  return `${imports.text()}\n${tests.join('\n')}
interface Sent {
  readonly topic: string;
  readonly key: unknown;
  readonly value: unknown;
}

/** Serves the routes on a free port, with a producer that only notes what it is given. */
async function withGateway(use: (url: string, sent: readonly Sent[]) => Promise<void>): Promise<void> {
  const sent: Sent[] = [];
  const http = new HttpService();
  addRoutes(http, {
    producer: { send: async (topic, key, value) => void sent.push({ topic, key, value }) },
  });
  const { url } = await http.listen();
  try {
    await use(url, sent);
  } finally {
    await http.close();
  }
}

function request(method: string, url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
`;
}

function emitTest(
  emission: ServiceEmission,
  imports: Imports,
  operator: OperatorOf<'httpWrite'>,
  call: GatewayCall | undefined,
): string {
  const { project } = emission;
  const topics = imports.value(eventsPackage(project), 'topics');
  const topic = `${topics}.${nameOf(project.names.topics, topicOf(project, operator.topic).id)}`;
  const path = pathOf(operator, call);
  const right = call === undefined ? '' : emitRight(operator, call, { path, topic });
  return `${right}
test(${quote(`${operator.method} ${operator.path} says what is wrong with a request`)}, () =>
  withGateway(async (url, sent) => {
    const answer = await request(${quote(operator.method)}, \`\${url}${path}\`, ${literal(wrongBody)});
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /${expectedFault(emission, operator)}/);
    assert.deepEqual(sent, []);
  }));
`;
}

/** Its time is the time of the request, which no test knows. */
function emitRight(
  operator: OperatorOf<'httpWrite'>,
  call: GatewayCall,
  { path, topic }: { path: string; topic: string },
): string {
  const { key, value } = call.record;
  const usesNow = /\bnow\b/.test(`${JSON.stringify(operator.key)} ${JSON.stringify(operator.value)}`);
  const expected = usesNow
    ? `assert.equal(sent[0]?.topic, ${topic}.name);`
    : `assert.deepEqual(sent, [{ topic: ${topic}.name, key: ${literal(key)}, value: ${literal(value)} }]);`;
  return `test(${quote(`${operator.method} ${operator.path} becomes a record`)}, () =>
  withGateway(async (url, sent) => {
    const answer = await request(${quote(operator.method)}, \`\${url}${path}\`, ${literal(call.body)});
    assert.equal(answer.status, 201);
    ${expected}
  }));
`;
}

const wrongBody = { nobodyKnowsThis: true };

function expectedFault({ project }: ServiceEmission, operator: OperatorOf<'httpWrite'>): string {
  const schema = indexDesign(project.design).schemas.get(operator.accepts ?? '');
  const needed =
    schema?.kind === 'record' ? schema.fields.find(({ optional }) => optional !== true) : undefined;
  return needed === undefined ? 'nobodyKnowsThis is not a field' : `${needed.name} is missing`;
}

function pathOf(operator: OperatorOf<'httpWrite'>, call: GatewayCall | undefined): string {
  return operator.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(call?.params[name] ?? 'x'),
  );
}
