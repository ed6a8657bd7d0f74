import { Command, CommanderError } from 'commander';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { UsageError } from './usage-error.ts';

/** The exit codes of every program of ours. */
export const exitCodes = { fine: 0, findings: 1, badInput: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command that, and whose subcommands, leave the words and the exit to `runProgram`. */
export function createProgram(name: string): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showHelpAfterError(false)
    .showSuggestionAfterError(true);
}

/**
 * Parses and runs a program's arguments. What the user got wrong is one line on standard error and exit code 2, a
 * cluster that cannot be reached 3; nobody sees a stack trace unless MILLSTREAM_TRACE is set.
 */
export async function runProgram(program: Command, args: readonly string[]): Promise<ExitCode | null> {
  try {
    await program.parseAsync([...args], { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.fine;
    process.stderr.write(`${toSentence(error)}\n`);
    if (process.env.MILLSTREAM_TRACE) console.error(error);
    return toExitCode(error);
  }
}

function toExitCode(error: unknown): ExitCode {
  const code = error instanceof RpcError ? error.code : null;
  return code === 'cluster-unreachable' || code === 'timed-out' ? exitCodes.unreachable : exitCodes.badInput;
}

function toSentence(error: unknown): string {
  if (error instanceof CommanderError) return fromCommander(error);
  const known = error instanceof UsageError || error instanceof RpcError;
  const message = error instanceof Error ? error.message : String(error);
  const [first = '', ...others] = message.split('\n');
  const line = others.length > 0 && known ? `${first} (and ${others.length} more like it)` : first;
  return known ? line : `Millstream failed: ${line} (set MILLSTREAM_TRACE=1 for more).`;
}

/** `error: unknown option '--prot'\n(Did you mean --port?)` as one sentence. */
function fromCommander(error: CommanderError): string {
  if (error.code === 'commander.help') return 'Say what to do; --help lists the commands.';
  const text = error.message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .trim();
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!)]$/.test(sentence) ? sentence : `${sentence}.`;
}
