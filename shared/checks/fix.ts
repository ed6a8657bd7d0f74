import type { Command, CommandOf } from '../design/commands/command.ts';
import type { External, Service, Topic } from '../design/design.ts';
import type { Operator } from '../design/operators/registry.ts';

/** What a person can choose to do about a finding. */
export interface Fix {
  /** What the choice says: a few words that begin with a verb. */
  readonly title: string;
  readonly commands: readonly Command[];
}

export function updateTopic(topic: Topic, title: string, changes: CommandOf<'updateTopic'>['changes']): Fix {
  return { title, commands: [{ do: 'updateTopic', topic: topic.id, changes }] };
}

export function updateService(
  service: Service,
  title: string,
  changes: CommandOf<'updateService'>['changes'],
): Fix {
  return { title, commands: [{ do: 'updateService', service: service.id, changes }] };
}

export function updateOperator<O extends Operator>(operator: O, title: string, changes: Partial<O>): Fix {
  return { title, commands: [{ do: 'updateOperator', operator: { ...operator, ...changes } }] };
}

export function addExternal(external: External, title: string): Fix {
  return { title, commands: [{ do: 'addExternal', external }] };
}
