import { assertNever } from '#shared/base/assert-never.ts';
import type { PortType } from '#shared/design/operators/operator-spec.ts';
import type { ConnectProblem, ConnectTopicProblem } from '#shared/design/queries/can-connect.ts';

const portWords: Readonly<Record<PortType, string>> = {
  stream: 'a stream',
  table: 'a table',
  windowedTable: 'a windowed table',
  globalTable: 'a global table',
};

/** Why a wire may not be drawn, in one sentence. */
export function connectProblemWords(problem: ConnectProblem): string {
  switch (problem.code) {
    case 'unknown-operator':
    case 'unknown-port':
      return 'There is nothing to connect to here.';
    case 'different-services':
      return 'Services meet in topics only: write to a topic that the other one reads.';
    case 'types-differ':
      return typesDifferWords(problem.gives, problem.takes);
    case 'already-connected':
      return 'These two are connected already.';
    case 'port-taken':
      return 'This input has its wire already. Remove that one first, or put a Merge before it.';
    case 'cycle':
      return 'That would make a circle inside the service. Go round through a topic.';
    default:
      return assertNever(problem, 'connect problem');
  }
}

function typesDifferWords(gives: PortType, takes: readonly PortType[]): string {
  const wanted = takes.map((type) => portWords[type]).join(' or ');
  const isTable = gives === 'table' || gives === 'windowedTable';
  const advice = isTable && takes.includes('stream') ? ' Put To stream between.' : '';
  return `This gives ${portWords[gives]}; here goes ${wanted}.${advice}`;
}

/** Why a topic may not be connected, in one sentence. */
export function connectTopicProblemWords(problem: ConnectTopicProblem): string {
  switch (problem.code) {
    case 'unknown-topic':
    case 'unknown-operator':
      return 'There is nothing to connect to here.';
    case 'not-a-reader':
      return 'This operator reads no topic of its own; connect it to a stream or a table in its service.';
    case 'not-a-writer':
      return 'This operator writes no topic; put a Sink behind it.';
    case 'already-connected':
      return 'These two are connected already.';
    default:
      return assertNever(problem, 'connect problem');
  }
}
