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
    name: 'router',
    main: mainOf('router'),
    port: firstPort,
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
