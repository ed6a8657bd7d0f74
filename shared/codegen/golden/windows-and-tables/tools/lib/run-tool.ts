/** What a person can mend: told as one sentence, without a stack trace. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** An answer of the Kafka client: told by its name, since it exports its errors in a way that Node cannot import. */
export function isFromKafka(error: unknown): error is Error {
  return error instanceof Error && error.name.startsWith('KafkaJS');
}

/** Runs a tool to its end and sets the exit code. */
export async function runTool(tool: () => Promise<void>): Promise<void> {
  try {
    await tool();
  } catch (error) {
    if (error instanceof Failure) console.error(error.message);
    else if (isFromKafka(error)) console.error(`Kafka refused or was away: ${error.message}`);
    else throw error;
    process.exitCode = 1;
  }
}
