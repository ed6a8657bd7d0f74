import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';

export interface BinarySurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the `electron` package. */
  readonly packageFolder: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Electron's own binary, or null where it was never downloaded. Only looks: to import `electron` outside of it
 * would start the download.
 */
export function findElectronBinary(surroundings: BinarySurroundings = own()): string | null {
  const { env, packageFolder, platform } = surroundings;
  const name = readIfThere(path.join(packageFolder, 'path.txt'))?.trim() || defaultName(platform);
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(packageFolder, 'dist');
  const binary = path.join(folder, name);
  return isExecutable(binary) ? binary : null;
}

function own(): BinarySurroundings {
  const packageFolder = path.resolve(import.meta.dirname, '../../node_modules/electron');
  return { env: process.env, packageFolder, platform: process.platform };
}

function defaultName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
