import { spawn } from 'node:child_process';

export interface CommandAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end and tells what it said. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<CommandAnswer> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...said };
}

/** The same for a command that must succeed: what it said is in the error when it does not. */
export async function runOrThrow(...parts: Parameters<typeof runCommand>): Promise<string> {
  const { code, stdout, stderr } = await runCommand(...parts);
  if (code !== 0) {
    throw new Error(`${parts[0]} ${parts[1].join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  }
  return stdout;
}
