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
    name: 'orders',
    main: mainOf('orders'),
    port: firstPort,
    routes: ['POST /orders'],
  },
  {
    name: 'inventory',
    main: mainOf('inventory'),
    port: firstPort + 1,
    routes: [],
  },
  {
    name: 'fraud',
    main: mainOf('fraud'),
    port: firstPort + 2,
    routes: [],
  },
  {
    name: 'order-details',
    main: mainOf('order-details'),
    port: firstPort + 3,
    routes: [],
  },
  {
    name: 'order-validation',
    main: mainOf('order-validation'),
    port: firstPort + 4,
    routes: [],
  },
  {
    name: 'e-mail',
    main: mainOf('e-mail'),
    port: firstPort + 5,
    routes: [],
  },
  {
    name: 'orders-view',
    main: mainOf('orders-view'),
    port: firstPort + 6,
    routes: ['GET /orders/{id}', 'GET /orders/{id}/validated'],
  },
];

export function addressOf(name: string): string {
  const service = services.find((one) => one.name === name);
  return `http://127.0.0.1:${service?.port ?? firstPort}`;
}

function mainOf(name: string): string {
  return fileURLToPath(new URL(`../../../services/${name}/dist/src/main.js`, import.meta.url));
}
