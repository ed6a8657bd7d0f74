import { emittersOf, topicsReadBy } from '../../../design/queries/topic-use.ts';
import { Imports } from '../imports.ts';
import { nameOf, runtimePackage } from '../project.ts';
import { quote } from '../text.ts';
import { portOf } from '../tools/emit-services.ts';
import { errorHandlingText } from './dead-letters.ts';
import { hasGateway } from './emit-gateway.ts';
import { hasTopology, type ServiceEmission } from './service-emission.ts';

/** `main.ts`: starts the service. */
export function emitMain(emission: ServiceEmission): string {
  const { project, service } = emission;
  const imports = new Imports();
  const isStreams = hasTopology(service);
  const run = imports.value(runtimePackage(project), isStreams ? 'runService' : 'runGateway');
  const members = [
    `name: ${quote(nameOf(project.names.services, service.id))}`,
    `applicationId: ${quote(service.applicationId)}`,
    `defaultPort: ${portOf(project, service)}`,
    ...(isStreams ? topologyMembers(emission, imports) : []),
    ...routes(emission, imports),
  ];
  const call = `await ${run}({\n${members.map((member) => `${member},\n`).join('')}});`;
  const handlers = handlersObject(emission, imports);
  return `${imports.text()}\n${handlers}${call}\n`;
}

function topologyMembers(emission: ServiceEmission, imports: Imports): string[] {
  const build = imports.value('./generated/topology.js', 'buildTopology');
  const guarantee = emission.service.guarantee === 'exactly_once' ? 'exactly_once_v2' : 'at_least_once';
  const handlers = emission.topologyUsesHandlers ? 'handlers' : '';
  const isolation = readsTransactions(emission) ? [`isolationLevel: 'read_committed'`] : [];
  const errorHandling = errorHandlingText(emission.project, emission.service, imports);
  return [
    `processingGuarantee: ${quote(guarantee)}`,
    ...isolation,
    ...(errorHandling === null ? [] : [`errorHandling: ${errorHandling}`]),
    `topology: ${build}(${handlers})`,
  ];
}

/** Whether another service writes what this one reads in transactions, some of which are aborted. */
function readsTransactions({ project, service }: ServiceEmission): boolean {
  const topics = service.operators.flatMap(topicsReadBy);
  const writers = topics.flatMap((topic) => emittersOf(project.design, topic));
  return (
    service.guarantee !== 'exactly_once' && writers.some(({ guarantee }) => guarantee === 'exactly_once')
  );
}

function routes(emission: ServiceEmission, imports: Imports): string[] {
  if (!hasGateway(emission.service)) return [];
  const addRoutes = imports.value('./generated/gateway.js', 'addRoutes');
  return [
    emission.gatewayUsesHandlers
      ? `addRoutes: (http, parts) => ${addRoutes}(http, parts, handlers)`
      : addRoutes,
  ];
}

function handlersObject({ handlers, handlerNames, handlerFiles }: ServiceEmission, imports: Imports): string {
  if (handlers.size === 0) return '';
  const names = [...handlers.keys()].map((name) =>
    imports.value(`./handlers/${nameOf(handlerFiles, name)}.js`, nameOf(handlerNames, name)),
  );
  const type = imports.type('./generated/handlers.js', 'Handlers');
  return `const handlers: ${type} = { ${names.join(', ')} };\n\n`;
}
