import type { SingleCommand } from '#shared/design/commands/command.ts';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';

/** The command that gives a thing of any kind another name. */
export function planRename(design: Design, id: string, name: string): readonly SingleCommand[] {
  const index = indexDesign(design);
  if (index.topics.has(id)) {
    return [{ do: 'updateTopic', topic: id, changes: { name } }];
  }
  if (index.services.has(id)) {
    return [{ do: 'updateService', service: id, changes: { name } }];
  }
  if (index.externals.has(id)) {
    return [{ do: 'updateExternal', external: id, changes: { name } }];
  }
  const operator = index.operators.get(id)?.operator;
  return operator === undefined ? [] : [{ do: 'updateOperator', operator: { ...operator, name } }];
}
