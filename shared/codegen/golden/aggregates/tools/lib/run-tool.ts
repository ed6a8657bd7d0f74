/** What a person can mend: told as one sentence, without a stack trace. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Runs a tool to its end and sets the exit code. */
export async function runTool(tool: () => Promise<void>): Promise<void> {
  try {
    await tool();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
