import { assertNever } from '#shared/base/assert-never.ts';
import type { CommandProblem } from '#shared/design/commands/command-problem.ts';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { connectProblemWords } from './connect-problems.ts';

/** Why a change was not made, in one sentence. */
export function commandProblemWords(design: Design, problem: CommandProblem): string {
  switch (problem.code) {
    case 'not-a-command':
    case 'not-valid':
      return sentence(problem.problems[0]?.message ?? 'The value does not fit here');
    case 'unknown-id':
    case 'unknown-reference':
      return 'What this names is no longer in the design.';
    case 'id-taken':
      return `The id “${problem.id}” is taken already.`;
    case 'kind-differs':
      return 'An operator stays of the kind it is; add a new one instead.';
    case 'cannot-connect':
      return connectProblemWords(problem.problem);
    case 'in-use':
      return `${nameOf(design, problem.id)} is used by ${usersOf(design, problem.by)}. Change those first.`;
    case 'too-many':
      return `A design holds at most ${problem.limit} ${problem.of}.`;
    default:
      return assertNever(problem, 'command problem');
  }
}

function usersOf(design: Design, ids: readonly string[]): string {
  const names = ids.slice(0, 3).map((id) => nameOf(design, id));
  return ids.length > 3 ? `${names.join(', ')} and ${ids.length - 3} more` : names.join(' and ');
}

function nameOf(design: Design, id: string): string {
  const index = indexDesign(design);
  const named =
    index.schemas.get(id) ??
    index.topics.get(id) ??
    index.services.get(id) ??
    index.operators.get(id)?.operator ??
    index.externals.get(id);
  return named?.name ?? id;
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
