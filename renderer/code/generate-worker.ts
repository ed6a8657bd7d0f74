import './worker-settings.ts';
import type { FileOwnership } from '#shared/codegen/file-map.ts';
import { generate } from '#shared/codegen/generate.ts';
import type { GenerateProblem } from '#shared/codegen/generate-problem.ts';
import { generatorVersion } from '#shared/codegen/generator-version.ts';
import { kebabNames } from '#shared/codegen/naming/legal-names.ts';
import type { Design } from '#shared/design/design.ts';
import { writeDesign } from '#shared/design/write-design.ts';
import type { CodeTarget } from './code-target.ts';

export interface CodeQuestion {
  readonly turn: number;
  readonly design: Design;
  readonly target: CodeTarget;
}

export interface CodeFile {
  readonly text: string;
  readonly ownership: FileOwnership;
}

export type CodeAnswer = { readonly turn: number } & (
  | { readonly is: 'files'; readonly files: ReadonlyMap<string, CodeFile> }
  | { readonly is: 'refused'; readonly problems: readonly GenerateProblem[] }
  | { readonly is: 'failed'; readonly message: string }
);

// Code is made here, so that drawing and typing never wait for it.
addEventListener('message', (event: MessageEvent<CodeQuestion>) => {
  void answer(event.data).then((answered) => postMessage(answered));
});

async function answer({ turn, design, target }: CodeQuestion): Promise<CodeAnswer> {
  try {
    const made = await generate(design, {
      target,
      generatorVersion,
      designFile: {
        name: `${kebabNames.fromText(design.name) || 'design'}.millstream.json`,
        text: writeDesign(design),
      },
      // The library travels with the services as it is: there is nothing of the design's in it to read.
      libraryFiles: async () => new Map(),
    });
    if (!made.ok) {
      return { turn, is: 'refused', problems: made.error };
    }
    const files = [...made.value].map(([path, { text, ownership }]) => [path, { text, ownership }] as const);
    return { turn, is: 'files', files: new Map(files) };
  } catch (error) {
    return { turn, is: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
