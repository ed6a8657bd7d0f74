import { homedir } from 'node:os';
import { createDesignFiles } from '#main/designs/design-files.ts';
import { findStateFolder } from '#main/designs/state-folder.ts';
import { createDesignsHandlers, type PathDialogs } from '#main/handlers/designs.ts';
import { createHostHandlers } from '#main/handlers/host.ts';
import type { HostHandlers } from '#shared/contract/contract.ts';
import type { HostDescription } from '#shared/contract/host.ts';
import { version } from './version.ts';

export interface ServicesOptions {
  readonly kind: HostDescription['kind'];
  readonly folder: string;
  readonly openAtStart: string | null;
  readonly runAtStart: HostDescription['runAtStart'];
  /** Null: the host has no native dialogs. */
  readonly dialogs: PathDialogs | null;
  /** Where drafts and recent designs are kept; nothing: where this platform has it. */
  readonly stateFolder?: string;
  readonly onError: (error: unknown, where: string) => void;
}

export interface Services {
  readonly handlers: HostHandlers;
  /** Ends every connection and sandbox. */
  close(): Promise<void>;
}

/** Everything that a host serves, built once and shared by all of its windows. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const surroundings = { platform: process.platform, env: process.env, home: homedir() };
  const files = await createDesignFiles({
    folder: options.folder,
    named: options.openAtStart,
    stateFolder: options.stateFolder ?? findStateFolder(surroundings),
    now: Date.now,
    onError: (error) => options.onError(error, 'designs'),
  });
  const handlers = {
    host: createHostHandlers({
      kind: options.kind,
      version,
      dialogs: options.dialogs !== null,
      folder: files.folder,
      openAtStart: options.openAtStart,
      runAtStart: options.runAtStart,
    }),
    designs: createDesignsHandlers(files, options.dialogs),
  };
  return { handlers: handlers as unknown as HostHandlers, close: async () => undefined };
}
