import { spawn } from 'node:child_process';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens the user's own browser; `failed` is told when there is none. The browser outlives this program. */
export function openBrowser(url: string, failed: () => void): void {
  const [command, ...first] = openers[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...first, url], { stdio: 'ignore', detached: true });
  opener.on('error', failed);
  opener.on('exit', (code) => {
    if (code !== 0) failed();
  });
  opener.unref();
}
