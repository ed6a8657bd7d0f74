import type { HostHandlers } from '#shared/contract/contract.ts';
import type { HostDescription } from '#shared/contract/host.ts';

export function createHostHandlers(description: HostDescription): HostHandlers['host'] {
  return { describe: async () => description };
}
