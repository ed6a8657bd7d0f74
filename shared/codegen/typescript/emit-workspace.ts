import { err, ok, type Result } from '../../base/result.ts';
import { deadLetterOf } from '../../design/queries/dead-letter-of.ts';
import { topologicalOrder } from '../../design/queries/topological-order.ts';
import { emitHelpers, type HelperName } from '../../expressions/typescript/helper-sources.ts';
import type { GenerateProblem } from '../generate-problem.ts';
import { sampleDesign } from '../samples/sample-design.ts';
import { emptySample } from '../samples/sample-record.ts';
import { checkSource } from './events/check-source.ts';
import { emitSchemaChecks } from './events/emit-schema-checks.ts';
import { emitTopics } from './events/emit-topics.ts';
import { emitTypes } from './events/emit-types.ts';
import { formatTypeScript } from './format.ts';
import { eventsSum, header } from './header.ts';
import { eventsPackage, nameOf, type Project, runtimePackage, streamsPackage } from './project.ts';
import { deadLettersSource } from './runtime/dead-letters-source.ts';
import { runtimeSources } from './runtime/runtime-sources.ts';
import { emitServiceFiles } from './service/emit-service-files.ts';
import { hasTopology, type ServiceEmission, startServiceEmission } from './service/service-emission.ts';
import { emitFeeds } from './tools/emit-feeds.ts';
import { emitServices } from './tools/emit-services.ts';
import { toolSources } from './tools/tool-sources.ts';
import { composeText } from './workspace/compose.ts';
import {
  emitLibraryPackage,
  emitRootFiles,
  emitTsconfig,
  generated,
  type TextFile,
} from './workspace/emit-package-files.ts';
import { emitReadme } from './workspace/emit-readme.ts';

export interface WorkspaceParts {
  /** The design's own file, which travels with what is made of it. */
  readonly designText: string;
  readonly libraryFiles: () => Promise<ReadonlyMap<string, string>>;
}

/** The target `typescript`: an npm workspace with a package for each service. */
export async function emitWorkspace(
  project: Project,
  parts: WorkspaceParts,
): Promise<Result<readonly TextFile[], readonly GenerateProblem[]>> {
  const samples = sampleDesign(project.design);
  const emissions = project.design.services.map((service) => startEmission(project, service.id));
  const services = emissions.flatMap((emission) =>
    emitServiceFiles(emission, samples.get(emission.service.id) ?? emptySample()),
  );
  const feeds = emitFeeds(project);
  const problems = [...emissions.flatMap((emission) => emission.problems), ...feeds.problems];
  if (problems.length > 0) return err(problems);

  const helpers = new Set([...emissions.flatMap((emission) => [...emission.helpers]), ...feeds.helpers]);
  const sources = [
    ...services,
    ...emitEvents(project),
    ...emitRuntime(project, helpers),
    ...emitTools(project, feeds.text),
  ];
  const library = [...(await parts.libraryFiles())].map(([path, text]) =>
    generated(`vendor/streams/${path}`, text),
  );
  const plain = emitPlainFiles(project, parts.designText);
  return ok([...(await Promise.all(sources.map(formatted))), ...plain, ...library]);
}

function startEmission(project: Project, id: string): ServiceEmission {
  const service = project.design.services.find((one) => one.id === id);
  const order = service === undefined ? null : topologicalOrder(service);
  if (service === undefined || !order?.ok) throw new Error(`The plan let the service ${id} through.`);
  const streams = order.value.filter(({ kind }) => kind === 'stream');
  return startServiceEmission(project, service, [
    ...streams,
    ...order.value.filter(({ kind }) => kind !== 'stream'),
  ]);
}

function emitEvents(project: Project): readonly TextFile[] {
  const folder = 'packages/events';
  const head = header(project, eventsSum(project));
  const source = (name: string, text: string) => generated(`${folder}/src/${name}.ts`, text);
  const modules = ['types', 'check', 'schema-checks', 'topics'];
  return [
    emitLibraryPackage(eventsPackage(project), folder, [streamsPackage]),
    emitTsconfig(folder, ['src'], []),
    source('index', modules.map((name) => `export * from './${name}.js';\n`).join('')),
    source('types', head + emitTypes(project)),
    source('check', checkSource),
    source('schema-checks', head + emitSchemaChecks(project)),
    source('topics', head + emitTopics(project)),
  ];
}

function emitRuntime(project: Project, helpers: ReadonlySet<HelperName>): readonly TextFile[] {
  const folder = 'packages/runtime';
  const source = (name: string, text: string) =>
    generated(`${folder}/src/${name}.ts`, inScope(project, text));
  const sources = {
    ...runtimeSources,
    ...(project.design.services.some((service) => hasTopology(service) && deadLetterOf(service) !== null)
      ? { 'dead-letters': deadLettersSource }
      : {}),
  };
  const modules = [...Object.keys(sources), ...(helpers.size > 0 ? ['expressions'] : [])];
  return [
    emitLibraryPackage(runtimePackage(project), folder, [eventsPackage(project), streamsPackage]),
    emitTsconfig(folder, ['src'], ['packages/events']),
    source('index', modules.map((name) => `export * from './${name}.js';\n`).join('')),
    ...Object.entries(sources).map(([name, text]) => source(name, text)),
    ...(helpers.size > 0 ? [source('expressions', emitHelpers(helpers))] : []),
  ];
}

function emitTools(project: Project, feeds: string): readonly TextFile[] {
  const source = (name: string, text: string) => generated(`tools/${name}.ts`, inScope(project, text));
  return [
    emitTsconfig('tools', ['**/*.ts'], ['packages/events', 'packages/runtime']),
    ...Object.entries(toolSources).map(([name, text]) => source(name, text)),
    source('lib/feeds', feeds),
    source('lib/services', emitServices(project)),
  ];
}

/** The static sources are written for a scope that stands for the project's own. */
function inScope(project: Project, text: string): string {
  return text.replaceAll('@project/', `@${project.names.project}/`);
}

function emitPlainFiles(project: Project, designText: string): readonly TextFile[] {
  const folders = project.design.services.map(({ id }) => nameOf(project.names.services, id));
  return [
    ...emitRootFiles(project, folders),
    generated('README.md', emitReadme(project)),
    generated('compose.yaml', composeText),
    generated(project.designFile, designText),
  ];
}

async function formatted(file: TextFile): Promise<TextFile> {
  const [path, { text, ...rest }] = file;
  return path.endsWith('.ts') ? [path, { ...rest, text: await formatTypeScript(text) }] : file;
}
