import { homedir } from 'node:os';
import path from 'node:path';
import { createDesignFiles } from '#main/designs/design-files.ts';
import { findStateFolder } from '#main/designs/state-folder.ts';
import { createClusterRegistry, createClustersHandlers } from '#main/handlers/clusters.ts';
import { createDesignsHandlers, type PathDialogs } from '#main/handlers/designs.ts';
import { createHostHandlers } from '#main/handlers/host.ts';
import { createInspectHandlers } from '#main/handlers/inspect.ts';
import { createOutputHandlers } from '#main/handlers/output.ts';
import { createSandboxHandlers } from '#main/handlers/sandbox.ts';
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

/** What one window (one pipe) is served by. */
export interface WindowServices {
  readonly handlers: HostHandlers;
  /** Ends the connections and sandboxes that this window opened. */
  close(): Promise<void>;
}

export interface Services {
  openWindow(): WindowServices;
  /** Closes every window that is still open. */
  close(): Promise<void>;
}

/**
 * Everything that a host serves. Designs are shared by its windows; connections and sandboxes belong to the window
 * that opened them and end with it, so that a page that is reloaded leaves nothing running.
 */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const surroundings = { platform: process.platform, env: process.env, home: homedir() };
  const files = await createDesignFiles({
    folder: options.folder,
    named: options.openAtStart,
    stateFolder: options.stateFolder ?? findStateFolder(surroundings),
    now: Date.now,
    onError: (error) => options.onError(error, 'designs'),
  });
  const host = createHostHandlers({
    kind: options.kind,
    version,
    dialogs: options.dialogs !== null,
    folder: files.folder,
    openAtStart: options.openAtStart,
    runAtStart: options.runAtStart,
  });
  const designs = createDesignsHandlers(files, options.dialogs);
  const output = createOutputIn(files.folder);
  const windows = new Set<WindowServices>();
  return {
    openWindow() {
      const registry = createClusterRegistry();
      const handlers: HostHandlers = {
        host,
        designs,
        output,
        clusters: createClustersHandlers(registry),
        inspect: createInspectHandlers(registry),
        sandbox: createSandboxHandlers(registry),
      };
      const window: WindowServices = {
        handlers,
        async close() {
          windows.delete(window);
          await registry.closeAll();
        },
      };
      windows.add(window);
      return window;
    },
    async close() {
      await Promise.all([...windows].map((window) => window.close()));
    },
  };
}

/** A relative folder starts where every relative path of this host does, not where its process stands. */
function createOutputIn(folder: string): HostHandlers['output'] {
  const { generate } = createOutputHandlers();
  return {
    generate: (input, signal) => generate({ ...input, folder: path.resolve(folder, input.folder) }, signal),
  };
}
