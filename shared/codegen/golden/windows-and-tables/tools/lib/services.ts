import { fileURLToPath } from 'node:url';

export interface ServiceDescription {
  readonly name: string;
  readonly main: string;
  readonly port: number;
  /** What it answers over HTTP, beside its stores and its health. */
  readonly routes: readonly string[];
}

const firstPort = Number(process.env.FIRST_PORT ?? 8080);

export const services: readonly ServiceDescription[] = [
  {
    name: 'windows',
    main: mainOf('windows'),
    port: firstPort,
    routes: [],
  },
  {
    name: 'tables',
    main: mainOf('tables'),
    port: firstPort + 1,
    routes: ['GET /everybody/{id}'],
  },
  {
    name: 'versions',
    main: mainOf('versions'),
    port: firstPort + 2,
    routes: ['GET /homes/{id}'],
  },
  {
    name: 'pairs',
    main: mainOf('pairs'),
    port: firstPort + 3,
    routes: [],
  },
];

export function addressOf(name: string): string {
  const service = services.find((one) => one.name === name);
  return `http://127.0.0.1:${service?.port ?? firstPort}`;
}

function mainOf(name: string): string {
  return fileURLToPath(new URL(`../../../services/${name}/dist/src/main.js`, import.meta.url));
}
