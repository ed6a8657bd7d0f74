import path from 'node:path';

export interface StateSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Where this user's drafts and recent designs are kept, as each platform has it. */
export function findStateFolder({ platform, env, home }: StateSurroundings): string {
  if (platform === 'win32') {
    return path.win32.join(env.LOCALAPPDATA ?? path.win32.join(home, 'AppData', 'Local'), 'Millstream');
  }
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Millstream');
  const state = env.XDG_STATE_HOME;
  // A relative XDG_STATE_HOME is to be ignored, says the XDG base directory specification.
  const base = state && path.posix.isAbsolute(state) ? state : path.posix.join(home, '.local', 'state');
  return path.posix.join(base, 'millstream');
}
