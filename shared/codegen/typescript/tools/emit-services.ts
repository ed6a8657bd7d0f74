import type { Service } from '../../../design/design.ts';
import { nameOf, type Project } from '../project.ts';
import { grouped, quote } from '../text.ts';

export const firstPort = 8080;

/** The ports follow the order of the drawing. */
export function portOf(project: Project, service: Service): number {
  return firstPort + project.design.services.indexOf(service);
}

/** What a service answers over HTTP, as `POST /orders`. */
export function routesOf(service: Service): readonly string[] {
  return service.operators.flatMap((operator) => {
    if (operator.kind === 'httpWrite') return [`${operator.method} ${operator.path}`];
    return operator.kind === 'httpQuery' ? [`GET ${operator.path}`] : [];
  });
}

/** `tools/lib/services.ts`: where each service and its instances are, and how they are reached. */
export function emitServices(project: Project): string {
  const services = project.design.services.map((service) => {
    const name = nameOf(project.names.services, service.id);
    const routes = routesOf(service).map(quote).join(', ');
    return `{
    name: ${quote(name)},
    main: mainOf(${quote(name)}),
    port: ${portText(portOf(project, service) - firstPort)},
    instances: ${grouped(service.instances)},
    routes: [${routes}],
  },`;
  });
  return `import { fileURLToPath } from 'node:url';

export interface ServiceDescription {
  readonly name: string;
  readonly main: string;
  /** Where its first instance answers; further ones have the ports after those of all services. */
  readonly port: number;
  readonly instances: number;
  /** What it answers over HTTP, beside its stores and its health. */
  readonly routes: readonly string[];
}

/** One process of a service. */
export interface ServiceInstance {
  readonly service: ServiceDescription;
  /** Counted from 1. */
  readonly number: number;
  /** What it is called where people read: the service's name where there is only one. */
  readonly label: string;
  readonly port: number;
}

const firstPort = Number(process.env.FIRST_PORT ?? ${firstPort});

export const services: readonly ServiceDescription[] = [${services.join('')}];

export const instances: readonly ServiceInstance[] = allInstances();

export function addressOf(name: string): string {
  const service = services.find((one) => one.name === name);
  return \`http://127.0.0.1:\${service?.port ?? firstPort}\`;
}

function allInstances(): readonly ServiceInstance[] {
  let furtherPort = firstPort + services.length;
  return services.flatMap((service) =>
    Array.from({ length: service.instances }, (_, index) => ({
      service,
      number: index + 1,
      label: service.instances === 1 ? service.name : \`\${service.name}-\${index + 1}\`,
      port: index === 0 ? service.port : furtherPort++,
    })),
  );
}

function mainOf(name: string): string {
  return fileURLToPath(new URL(\`../../../services/\${name}/dist/src/main.js\`, import.meta.url));
}
`;
}

function portText(offset: number): string {
  return offset === 0 ? 'firstPort' : `firstPort + ${offset}`;
}
