import { assertNever } from '../base/assert-never.ts';
import { err, ok, type Result } from '../base/result.ts';
import { checkDesign } from '../checks/check-design.ts';
import type { Design } from '../design/design.ts';
import { type FileMap, toFileMap } from './file-map.ts';
import type { GenerateProblem } from './generate-problem.ts';
import { withManifest } from './manifest.ts';
import { nameProject } from './naming/project-names.ts';
import { findProblems } from './plan/find-problems.ts';
import { sha256 } from './sha256.ts';
import { emitTopicFiles } from './topics/emit-topic-files.ts';
import { emitWorkspace } from './typescript/emit-workspace.ts';

/** The names on the command line; the last two are for later. */
export type GenerateTarget = 'typescript' | 'topics' | 'java' | 'asyncapi';

export interface GenerateOptions {
  readonly target: GenerateTarget;
  readonly generatorVersion: string;
  /** The design's file, by name and text: it is named in comments and travels with what is made of it. */
  readonly designFile: { readonly name: string; readonly text: string };
  /** Gives the compiled streams library by path; asked only for a target that carries it. */
  readonly libraryFiles: () => Promise<ReadonlyMap<string, string>>;
}

/**
 * Makes the files of a target from a design: the same design gives the same bytes. What nothing runs yet is
 * refused by name, never dropped.
 */
export async function generate(
  design: Design,
  options: GenerateOptions,
): Promise<Result<FileMap, readonly GenerateProblem[]>> {
  const files = await emitTarget(design, options);
  if (!files.ok) return files;
  return ok(
    withManifest(toFileMap(files.value), {
      generator: options.generatorVersion,
      target: options.target,
      design: { name: design.name, sha256: sha256(options.designFile.text) },
    }),
  );
}

function emitTarget(design: Design, options: GenerateOptions): ReturnType<typeof emitWorkspace> {
  switch (options.target) {
    case 'topics':
      return Promise.resolve(ok(emitTopicFiles(design)));
    case 'typescript':
      return emitTypeScript(design, options);
    case 'java':
    case 'asyncapi':
      return Promise.resolve(err([notYet(options.target)]));
    default:
      return assertNever(options.target, 'target');
  }
}

async function emitTypeScript(design: Design, options: GenerateOptions): ReturnType<typeof emitWorkspace> {
  const structural = structuralErrors(design);
  const problems = structural.length > 0 ? structural : findProblems(design);
  if (problems.length > 0) return err(problems);
  const project = {
    design,
    names: nameProject(design),
    generatorVersion: options.generatorVersion,
    designFile: options.designFile.name,
  };
  return emitWorkspace(project, { designText: options.designFile.text, libraryFiles: options.libraryFiles });
}

/** Errors of the drawing itself (rules DS-…). Advice about a sound drawing does not keep it from being generated. */
function structuralErrors(design: Design): GenerateProblem[] {
  return checkDesign(design)
    .filter(({ severity, code }) => severity === 'error' && code.startsWith('DS-'))
    .map(({ where, message }) => ({ code: 'invalid-design', where: { id: where.id }, message }));
}

function notYet(target: GenerateTarget): GenerateProblem {
  return {
    code: 'target',
    where: {},
    message: `The target "${target}" cannot be generated yet; "typescript" and "topics" can.`,
  };
}
