import { fileURLToPath } from 'node:url';

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

const firstPort = Number(process.env.FIRST_PORT ?? 8080);

export const services: readonly ServiceDescription[] = [
  {
    name: 'scorer',
    main: mainOf('scorer'),
    port: firstPort,
    instances: 1,
    routes: [],
  },
];

export const instances: readonly ServiceInstance[] = allInstances();

export function addressOf(name: string): string {
  const service = services.find((one) => one.name === name);
  return `http://127.0.0.1:${service?.port ?? firstPort}`;
}

function allInstances(): readonly ServiceInstance[] {
  let furtherPort = firstPort + services.length;
  return services.flatMap((service) =>
    Array.from({ length: service.instances }, (_, index) => ({
      service,
      number: index + 1,
      label: service.instances === 1 ? service.name : `${service.name}-${index + 1}`,
      port: index === 0 ? service.port : furtherPort++,
    })),
  );
}

function mainOf(name: string): string {
  return fileURLToPath(new URL(`../../../services/${name}/dist/src/main.js`, import.meta.url));
}
