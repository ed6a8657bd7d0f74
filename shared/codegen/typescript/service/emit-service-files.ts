import type { ServiceSample } from '../../samples/sample-record.ts';
import { header, serviceSum } from '../header.ts';
import { nameOf } from '../project.ts';
import { emitTopologyTest } from '../tests/emit-topology-test.ts';
import {
  emitServicePackage,
  emitTsconfig,
  generated,
  type TextFile,
} from '../workspace/emit-package-files.ts';
import { emitGateway, hasGateway } from './emit-gateway.ts';
import { emitGatewayTest, hasGatewayTest } from './emit-gateway-test.ts';
import { emitMain } from './emit-main.ts';
import { emitTopology } from './emit-topology.ts';
import { emitHandlerFile, emitHandlerTypes } from './handlers.ts';
import { hasTopology, type ServiceEmission } from './service-emission.ts';

/** The package of one service. */
export function emitServiceFiles(emission: ServiceEmission, sample: ServiceSample): readonly TextFile[] {
  const { project, service } = emission;
  const name = nameOf(project.names.services, service.id);
  const folder = `services/${name}`;
  const head = header(project, serviceSum(project, service));
  const source = (path: string, text: string) => generated(`${folder}/${path}`, text);
  const topology = hasTopology(service) ? emitTopology(emission) : null;
  const gateway = hasGateway(service) ? emitGateway(emission) : null;
  return [
    emitServicePackage(project, name, service.note),
    emitTsconfig(folder, ['src', 'test'], ['packages/events', 'packages/runtime']),
    source('src/main.ts', emitMain(emission)),
    ...(topology === null ? [] : [source('src/generated/topology.ts', head + topology)]),
    ...(gateway === null ? [] : [source('src/generated/gateway.ts', head + gateway)]),
    ...(topology === null ? [] : [source('test/topology.test.ts', emitTopologyTest(emission, sample))]),
    ...(gateway === null || !hasGatewayTest(emission)
      ? []
      : [source('test/gateway.test.ts', emitGatewayTest(emission, sample))]),
    ...handlerFiles(emission, folder, head),
  ];
}

function handlerFiles(emission: ServiceEmission, folder: string, head: string): readonly TextFile[] {
  const { project, handlers, handlerNames, handlerFiles } = emission;
  if (handlers.size === 0) return [];
  const files = [...handlers].map(([name, handler]): TextFile => {
    const path = `${folder}/src/handlers/${nameOf(handlerFiles, name)}.ts`;
    return [path, { text: emitHandlerFile(nameOf(handlerNames, name), handler, path), ownership: 'once' }];
  });
  const types = head + emitHandlerTypes(project, emission);
  return [generated(`${folder}/src/generated/handlers.ts`, types), ...files];
}
