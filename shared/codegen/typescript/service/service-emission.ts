import type { Service } from '../../../design/design.ts';
import type { Operator } from '../../../design/operators/registry.ts';
import type { HelperName } from '../../../expressions/typescript/helper-sources.ts';
import type { GenerateProblem } from '../../generate-problem.ts';
import { camelNamesBeside } from '../../naming/legal-names.ts';
import { nameHandlerFiles } from '../../naming/project-names.ts';
import { uniqueNames } from '../../naming/unique-names.ts';
import type { Project } from '../project.ts';
import type { HandlerSignature } from './handlers.ts';

/** What is gathered while the files of one service are made. */
export interface ServiceEmission {
  readonly project: Project;
  readonly service: Service;
  /** Operators, each after those wired into it. */
  readonly order: readonly Operator[];
  /** What the user's functions are called in code, by the name in the design. */
  readonly handlerNames: ReadonlyMap<string, string>;
  /** The files of `src/handlers`, without ending, by the name in the design. */
  readonly handlerFiles: ReadonlyMap<string, string>;
  /** Filled by emission, in the order of first use. */
  readonly handlers: Map<string, HandlerSignature>;
  /** Who calls them. */
  topologyUsesHandlers: boolean;
  gatewayUsesHandlers: boolean;
  readonly helpers: Set<HelperName>;
  readonly problems: GenerateProblem[];
}

export function startServiceEmission(
  project: Project,
  service: Service,
  order: readonly Operator[],
): ServiceEmission {
  const handlers = handlersOf(service);
  return {
    project,
    service,
    order,
    handlerNames: nameHandlers(handlers),
    handlerFiles: nameHandlerFiles(handlers),
    handlers: new Map(),
    topologyUsesHandlers: false,
    gatewayUsesHandlers: false,
    helpers: new Set(),
    problems: [],
  };
}

/** Names that generated code uses for things of its own. */
export const ownNames = [
  ...['builder', 'buildTopology', 'topics', 'key', 'value', 'window', 'left', 'right', 'aggregate', 'body'],
  ...[
    'params',
    'now',
    'item',
    'items',
    'start',
    'complete',
    'timedOut',
    'Handlers',
    'handlers',
    'Serdes',
    'Serde',
  ],
  ...['SlidingWindows', 'SessionWindows', 'Suppressed', 'BufferConfig'],
  ...['StreamsBuilder', 'Topology', 'TimeWindows', 'JoinWindows', 'gather', 'stores', 'buildHttp', 'input'],
];

function nameHandlers(handlers: ReadonlySet<string>): ReadonlyMap<string, string> {
  const items = [...handlers].map((name) => ({ id: name, name }));
  return uniqueNames(items, {
    ...camelNamesBeside(ownNames),
    fromText: (text) => text.split(' ')[0] ?? text,
    fromId: (name) => `${name}Handler`,
  });
}

function handlersOf(service: Service): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('handler' in part && typeof part.handler === 'string') found.add(part.handler);
    for (const child of Object.values(part)) visit(child);
  };
  visit(service.operators);
  return found;
}

/** Notes a problem of one operator, in one sentence that names it and its service. */
export function noteProblem(
  emission: ServiceEmission,
  operator: Operator,
  code: GenerateProblem['code'],
  says: string,
): void {
  emission.problems.push({
    code,
    where: { service: emission.service.id, operator: operator.id },
    message: `In service “${emission.service.name}”, operator “${operator.name}”: ${says}`,
  });
}

/** Whether a service reads anything; one that only takes requests runs no topology. */
export function hasTopology(service: Service): boolean {
  return service.operators.some(
    ({ kind }) => kind === 'stream' || kind === 'table' || kind === 'globalTable',
  );
}
