import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';

/** A command that the contract names and this version does not have: said plainly, whatever its options. */
export function addAbsent(parent: Command, name: string, description: string): void {
  parent
    .command(name)
    .description(`${description} (not in this version)`)
    .argument('[words...]')
    .allowUnknownOption()
    .action(() => {
      const prefix = parent.parent ? `${parent.name()} ` : '';
      throw new UsageError(`This version of Millstream does not have "${prefix}${name}" yet.`);
    });
}
