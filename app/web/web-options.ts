import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import type { HostDescription } from '#shared/contract/host.ts';
import { nothingThere } from '../nothing-there.ts';
import { UsageError } from '../usage-error.ts';

/** What the user wrote, as commander gives it. */
export interface WebFlags {
  readonly port?: string;
  readonly open: boolean;
  readonly sandbox?: boolean;
  readonly kafka?: string;
  readonly folder?: string;
}

export interface WebProgramOptions {
  readonly folder: string;
  readonly openAtStart: string | null;
  readonly runAtStart: HostDescription['runAtStart'];
  readonly port: number;
  readonly openBrowser: boolean;
}

/** The options of the web host, the same for its own program and for `millstream serve`. */
export function addWebOptions(command: Command): Command {
  return command
    .argument('[DESIGN]', 'the design to open, a *.millstream.json file')
    .option('--port <number>', 'the port on 127.0.0.1 (any free one)')
    .option('--folder <path>', 'where designs are listed and saved (the current folder)')
    .option('--no-open', 'do not open a browser, only print the address')
    .addOption(new Option('--sandbox', 'run the design in the sandbox at once').conflicts('kafka'))
    .option('--kafka <bootstrap>', 'connect to this cluster at once, as host:port[,host:port]');
}

export async function resolveWebOptions(
  design: string | undefined,
  flags: WebFlags,
): Promise<WebProgramOptions> {
  const folder = path.resolve(flags.folder ?? '.');
  if (!(await isA('folder', folder))) throw nothingThere('folder', flags.folder ?? folder);
  return {
    folder,
    openAtStart: design === undefined ? null : await resolveDesign(design, folder),
    runAtStart: flags.kafka === undefined ? (flags.sandbox ? 'sandbox' : null) : parseKafka(flags.kafka),
    port: parsePort(flags.port),
    openBrowser: flags.open,
  };
}

/** Found from where the user stands, as any program finds a file; told to the page relative to the folder. */
async function resolveDesign(design: string, folder: string): Promise<string> {
  if (!design.endsWith('.millstream.json')) {
    throw new UsageError(`${design} is not a design: its name must end in .millstream.json.`);
  }
  const absolute = path.resolve(design);
  if (!(await isA('file', absolute))) throw nothingThere('design', design);
  const relative = path.relative(folder, absolute);
  const isOutside = relative.split(path.sep)[0] === '..' || path.isAbsolute(relative);
  return isOutside ? absolute : relative.split(path.sep).join('/');
}

async function isA(kind: 'file' | 'folder', absolute: string): Promise<boolean> {
  try {
    const stats = await stat(absolute);
    return kind === 'file' ? stats.isFile() : stats.isDirectory();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port takes a whole number from 0 to 65535, not "${text}".`);
}

function parseKafka(bootstrap: string): { readonly bootstrap: string } {
  const addresses = bootstrap.split(',').map((address) => address.trim());
  if (addresses.every((address) => /^(\[[^\]]+\]|[^\s:[\]]+):\d{1,5}$/.test(address))) {
    return { bootstrap: addresses.join(',') };
  }
  throw new UsageError(`--kafka takes host:port, or several with commas, not "${bootstrap}".`);
}
