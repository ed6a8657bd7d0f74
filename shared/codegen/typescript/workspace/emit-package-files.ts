import type { GeneratedFile } from '../../file-map.ts';
import { formatJson } from '../format.ts';
import { eventsPackage, type Project, runtimePackage, streamsPackage } from '../project.ts';

/** Versions a generated project is made for and tested with. */
const versions = { kafkajs: '2.2.4', typescript: '6.0.3', '@types/node': '24.10.1' };
const node = '>=20.19';
const ownVersion = '0.1.0';

export type TextFile = readonly [path: string, file: GeneratedFile];

export function generated(path: string, text: string, executable = false): TextFile {
  return [path, { text, ownership: 'generated', ...(executable ? { executable } : {}) }];
}

/** The workspace's own package.json, compiler options, and what version control leaves out. */
export function emitRootFiles(project: Project, services: readonly string[]): readonly TextFile[] {
  const afterBuild = (command: string) => `tsc -b && ${command}`;
  const packageJson = {
    name: project.names.project,
    version: ownVersion,
    private: true,
    type: 'module',
    engines: { node },
    workspaces: ['vendor/streams', 'packages/*', 'services/*'],
    scripts: {
      build: 'tsc -b',
      pretest: 'tsc -b',
      test: 'node --test services/*/dist/test/*.test.js',
      prestart: 'tsc -b',
      start: tool('start'),
      topics: afterBuild(tool('create-topics')),
      seed: afterBuild(tool('seed')),
      feed: afterBuild(tool('feed')),
    },
    dependencies: { [streamsPackage]: ownVersion, kafkajs: versions.kafkajs },
    devDependencies: { '@types/node': versions['@types/node'], typescript: versions.typescript },
  };
  const references = [
    'packages/events',
    'packages/runtime',
    ...services.map((name) => `services/${name}`),
    'tools',
  ];
  return [
    generated('package.json', formatJson(packageJson)),
    generated('tsconfig.json', formatJson({ files: [], references: references.map((path) => ({ path })) })),
    generated('tsconfig.base.json', formatJson({ compilerOptions })),
    generated('.gitignore', 'node_modules/\npackages/*/dist/\nservices/*/dist/\ntools/dist/\n'),
  ];
}

const compilerOptions = {
  target: 'ES2023',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  lib: ['ES2023'],
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  composite: true,
  declaration: true,
  sourceMap: true,
};

/** A folder that the compiler builds by itself. `up` leads from it to the workspace's root. */
export function emitTsconfig(
  folder: string,
  include: readonly string[],
  references: readonly string[],
): TextFile {
  const up = folder
    .split('/')
    .map(() => '..')
    .join('/');
  return generated(
    `${folder}/tsconfig.json`,
    formatJson({
      extends: `${up}/tsconfig.base.json`,
      compilerOptions: { rootDir: '.', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
      include,
      references: references.map((path) => ({ path: `${up}/${path}` })),
    }),
  );
}

/** A package that other packages import. */
export function emitLibraryPackage(name: string, folder: string, dependencies: readonly string[]): TextFile {
  return generated(
    `${folder}/package.json`,
    formatJson({
      name,
      version: ownVersion,
      private: true,
      type: 'module',
      engines: { node },
      exports: { '.': { types: './dist/src/index.d.ts', default: './dist/src/index.js' } },
      dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, ownVersion])),
    }),
  );
}

/** A service: an app that is started by itself. */
export function emitServicePackage(
  project: Project,
  name: string,
  description: string | undefined,
): TextFile {
  const dependencies = [streamsPackage, eventsPackage(project), runtimePackage(project)].sort();
  return generated(
    `services/${name}/package.json`,
    formatJson({
      name: `@${project.names.project}/${name}`,
      version: ownVersion,
      private: true,
      ...(description === undefined ? {} : { description }),
      type: 'module',
      engines: { node },
      scripts: {
        start: 'node --enable-source-maps dist/src/main.js',
        test: 'node --test dist/test/*.test.js',
      },
      dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, ownVersion])),
    }),
  );
}

/** Node 24 warns of a timer that KafkaJS sets; it is harmless, and would stand above everything a tool says. */
function tool(name: string): string {
  return `node --disable-warning=TimeoutNegativeWarning tools/dist/${name}.js`;
}
