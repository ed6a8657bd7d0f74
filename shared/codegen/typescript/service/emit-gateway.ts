import type { Service } from '../../../design/design.ts';
import type { OperatorOf } from '../../../design/operators/registry.ts';
import { indexDesign } from '../../../design/queries/index-design.ts';
import { storeNameIn } from '../../../design/queries/kafka-names.ts';
import { wiresInto } from '../../../design/queries/wires.ts';
import { checkName } from '../../naming/project-names.ts';
import { Imports } from '../imports.ts';
import { eventsPackage, nameOf, runtimePackage, streamsPackage, topicOf } from '../project.ts';
import { grouped, lineComment, propertyName, quote } from '../text.ts';
import { typeText } from '../type-text.ts';
import type { ServiceEmission } from './service-emission.ts';
import { StepContext } from './step-context.ts';

export function hasGateway(service: Service): boolean {
  return service.operators.some(({ kind }) => kind === 'httpWrite' || kind === 'httpQuery');
}

/** `generated/gateway.ts`: what a service answers over HTTP. */
export function emitGateway(emission: ServiceEmission): string {
  const imports = new Imports();
  const routes = emission.service.operators.flatMap((operator) => {
    if (operator.kind === 'httpWrite') return [emitWrite(emission, imports, operator)];
    return operator.kind === 'httpQuery' ? [emitQuery(emission, imports, operator)] : [];
  });
  const http = imports.type(streamsPackage, 'HttpService');
  emission.gatewayUsesHandlers = routes.some((route) => /\bhandlers\./.test(route));
  const handlers = emission.gatewayUsesHandlers
    ? `, handlers: ${imports.type('./handlers.js', 'Handlers')}`
    : '';
  const parts = emitParts(emission, imports);
  return `${imports.text()}
/** What the service answers over HTTP. */
export function addRoutes(http: ${http}, ${parts}${handlers}): void {
${routes.join('\n')}}
`;
}

function emitParts({ project, service }: ServiceEmission, imports: Imports): string {
  const kinds = new Set(service.operators.map(({ kind }) => kind));
  const parts = [
    ...(kinds.has('httpWrite')
      ? [['producer', imports.type(runtimePackage(project), 'RecordProducer')]]
      : []),
    ...(kinds.has('httpQuery') ? [['streams', imports.type(streamsPackage, 'KafkaStreams')]] : []),
  ];
  const names = parts.map(([name]) => name).join(', ');
  return `{ ${names} }: { ${parts.map(([name, type]) => `readonly ${name}: ${type}`).join('; ')} }`;
}

function emitWrite(emission: ServiceEmission, imports: Imports, operator: OperatorOf<'httpWrite'>): string {
  const { project } = emission;
  const context = contextOf(emission, operator, imports);
  const topic = topicOf(project, operator.topic);
  const variables = {
    body: { ref: operator.accepts ?? '' },
    params: { path: operator.path },
    now: 'timestamp',
  } as const;
  const key = context.expression(operator.key, { what: 'key', variables, gives: topic.key.type });
  const value = context.expression(operator.value, { what: 'value', variables, gives: topic.value.type });
  const uses = new Set([...key.uses, ...value.uses]);
  const typeName = nameOf(project.names.types, operator.accepts ?? '');
  const type = imports.type(eventsPackage(project), typeName);
  const check = imports.value(eventsPackage(project), checkName(typeName));
  const checkBody = `${imports.value(runtimePackage(project), 'checkBody')}<${type}>(request.body, ${check})`;
  const location = locationOf(operator, uses);
  return `${lineComment(`${operator.name}${operator.note === undefined ? '' : `. ${operator.note}`}`)}http.route(${quote(operator.method)}, ${quote(operator.path)}, async (request) => {
    ${uses.has('body') ? `const body = ${checkBody};` : `${checkBody};`}
${uses.has('params') ? 'const { params } = request;\n' : ''}${uses.has('now') ? 'const now = Date.now();\n' : ''}    const record = () => ({ key: ${key.code}, value: ${value.code} });
    return ${imports.value(runtimePackage(project), 'write')}(producer, ${context.topic(operator.topic)}, record, ${location});
  });
`;
}

/** A new thing is found under its key; a thing that was put is where it was put. */
function locationOf(operator: OperatorOf<'httpWrite'>, uses: Set<string>): string {
  if (operator.method === 'POST' && !operator.path.includes('{')) {
    return `(key) => \`${operator.path}/\${encodeURIComponent(String(key))}\``;
  }
  const path = operator.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => `\${encodeURIComponent(${uses.has('params') ? '' : 'request.'}params.${name})}`,
  );
  return path.includes('${') ? `() => \`${path}\`` : `() => ${quote(path)}`;
}

function emitQuery(emission: ServiceEmission, imports: Imports, operator: OperatorOf<'httpQuery'>): string {
  const { project } = emission;
  const context = contextOf(emission, operator, imports);
  const shape = context.shape('in');
  const key = context.expression(operator.key, {
    what: 'key',
    variables: { params: { path: operator.path } },
    gives: shape.key,
  });
  const type = typeText(project, shape.value, (name) => imports.type(eventsPackage(project), name));
  const store = quote(storeOf(emission, operator));
  const runtime = (name: string) => imports.value(runtimePackage(project), name);
  const comment = lineComment(`${operator.name}${operator.note === undefined ? '' : `. ${operator.note}`}`);
  const params = key.uses.length > 0 ? ['params'] : [];
  if (operator.waitUntil === undefined) {
    return `${comment}http.route('GET', ${quote(operator.path)}, async (${destructured([...params, 'signal'])}) => {
    const row = await ${runtime('readRow')}<${type}>(streams, ${store}, ${key.code}, signal);
    return { body: ${projection(operator)} };
  });
`;
  }
  const until = context.lambda(['value'], operator.waitUntil, {
    what: 'end of the wait',
    variables: { key: shape.key, value: shape.value },
    gives: 'boolean',
  });
  const timeout = grouped(operator.waitAtMostMs ?? defaultWaitMs);
  return `${comment}http.route('GET', ${quote(operator.path)}, async (${destructured([...params, 'signal'])}) => {
    const key = ${key.code};
    const row = await ${runtime('awaitRow')}<${type}>(streams, ${store}, key, {
      until: ${until},
      timeoutMs: ${timeout},
      signal,
    });
    return { body: ${projection(operator)} };
  });
`;
}

const defaultWaitMs = 30_000;

function destructured(names: readonly string[]): string {
  return `{ ${names.join(', ')} }`;
}

/** The whole row, or the fields that are asked for. */
function projection({ fields }: OperatorOf<'httpQuery'>): string {
  if (fields === undefined) return 'row';
  const members = fields.map((field) => {
    const isPlain = /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(field);
    return `${propertyName(field)}: row${isPlain ? `.${field}` : `[${quote(field)}]`}`;
  });
  return `{ ${members.join(', ')} }`;
}

function contextOf(
  emission: ServiceEmission,
  operator: OperatorOf<'httpWrite' | 'httpQuery'>,
  imports: Imports,
): StepContext {
  const none = () => {
    throw new Error('A gateway is no step of the topology.');
  };
  return new StepContext(emission, operator, imports, { chain: none, references: none, variable: none });
}

/** The name of the store behind the table that is wired to a query. */
function storeOf({ project }: ServiceEmission, operator: OperatorOf<'httpQuery'>): string {
  const from = wiresInto(project.design, operator.id, 'in')[0]?.from.operator ?? '';
  const placed = indexDesign(project.design).operators.get(from);
  return (placed && storeNameIn(placed.service, placed.operator)) ?? from;
}
