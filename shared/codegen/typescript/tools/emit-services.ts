import type { Service } from '../../../design/design.ts';
import { nameOf, type Project } from '../project.ts';
import { quote } from '../text.ts';

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

/** `tools/lib/services.ts`: where each service is, and how it is reached. */
export function emitServices(project: Project): string {
  const services = project.design.services.map((service) => {
    const name = nameOf(project.names.services, service.id);
    const routes = routesOf(service).map(quote).join(', ');
    return `{
    name: ${quote(name)},
    main: mainOf(${quote(name)}),
    port: ${portText(portOf(project, service) - firstPort)},
    routes: [${routes}],
  },`;
  });
  return `import { fileURLToPath } from 'node:url';

export interface ServiceDescription {
  readonly name: string;
  readonly main: string;
  readonly port: number;
  /** What it answers over HTTP, beside its stores and its health. */
  readonly routes: readonly string[];
}

const firstPort = Number(process.env.FIRST_PORT ?? ${firstPort});

export const services: readonly ServiceDescription[] = [${services.join('')}];

export function addressOf(name: string): string {
  const service = services.find((one) => one.name === name);
  return \`http://127.0.0.1:\${service?.port ?? firstPort}\`;
}

function mainOf(name: string): string {
  return fileURLToPath(new URL(\`../../../services/\${name}/dist/src/main.js\`, import.meta.url));
}
`;
}

function portText(offset: number): string {
  return offset === 0 ? 'firstPort' : `firstPort + ${offset}`;
}
