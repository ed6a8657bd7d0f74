import { JudgeError } from './judge-error.ts';

interface JudgeProgram {
  readonly java: string;
  readonly classPath: string;
}

interface JavaTool {
  prepareJavaProgram(folder: string): Promise<JudgeProgram>;
}

/**
 * Fetches Kafka Streams and compiles the Java files of a folder, each once. Throws `JudgeError`. The tool
 * belongs to the repository, not to this package, so it is found at run time.
 */
export async function prepareJudge(folder: string): Promise<JudgeProgram> {
  const tool: JavaTool = await import(new URL('../../tools/java/java-program.ts', import.meta.url).href);
  return tool.prepareJavaProgram(folder).catch((error: Error) => {
    throw error.name === 'JavaProblem' ? new JudgeError(error.message) : error;
  });
}
