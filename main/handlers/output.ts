import { resolve } from 'node:path';
import { readLibraryFiles } from '#main/output/library-files.ts';
import { OutputError } from '#main/output/output-error.ts';
import { writeOutput } from '#main/output/write-output.ts';
import { generate } from '#shared/codegen/generate.ts';
import { generatorVersion } from '#shared/codegen/generator-version.ts';
import { kebabNames } from '#shared/codegen/naming/legal-names.ts';
import type { HostHandlers } from '#shared/contract/contract.ts';
import type { Design } from '#shared/design/design.ts';
import type { DesignProblem } from '#shared/design/parse/design-problem.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';

/** Generates the files of a target and writes them to a folder; every refusal is told in sentences. */
export function createOutputHandlers(): HostHandlers['output'] {
  return {
    async generate({ text, target, folder, dryRun }, signal) {
      const design = readDesign(text);
      const files = await generate(design, {
        target,
        generatorVersion,
        designFile: { name: fileNameOf(design), text },
        libraryFiles: () => refusing(() => readLibraryFiles()),
      });
      if (!files.ok) throw refusal(files.error.map(({ message }) => message));
      const written = await refusing(() => writeOutput(folder, files.value, { dryRun, signal }));
      return { folder: resolve(folder), files: [...written] };
    },
  };
}

function readDesign(text: string): Design {
  const design = parseDesign(text);
  if (design.ok) return design.value;
  throw new RpcError('bad-input', design.error.slice(0, mostSentences).map(sentenceOf).join(' '));
}

function sentenceOf(problem: DesignProblem): string {
  return 'path' in problem && problem.path !== '' ? `${problem.path}: ${problem.message}` : problem.message;
}

function fileNameOf(design: Design): string {
  return `${kebabNames.fromText(design.name) || 'design'}.millstream.json`;
}

const mostSentences = 10;

function refusal(sentences: readonly string[]): RpcError {
  const more = sentences.length - mostSentences;
  const rest = more > 0 ? [`There are ${more} more problems.`] : [];
  return new RpcError('refused', [...sentences.slice(0, mostSentences), ...rest].join('\n'));
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OutputError) throw new RpcError('refused', error.message);
    throw error;
  }
}
