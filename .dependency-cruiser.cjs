// Who may import whom: the table of docs/architecture.md as rules. Every rule has a planted violation in
// tools/architecture/planted-violations.test.ts; a rule without one fails that test.

/** What several tests share: a suite for every implementation of an interface, a bench, generators of input. */
const TEST_SUPPORT = [
  '-suite\\.tsx?$',
  '-bench\\.tsx?$',
  '^(app|main|renderer|shared)/.*/testing/',
  '^streams/(test|conformance|chaos|interop)/',
];
const TESTS = ['\\.test\\.tsx?$', ...TEST_SUPPORT];
/** Run Vite, while developing or to build, and are never part of what is built. */
const BUILD_FILES = ['\\.config\\.ts$', '^app/web/dev(-server)?\\.ts$'];
const KAFKA_CLIENTS =
  'node_modules/(kafkajs|@platformatic/kafka|@confluentinc/kafka-javascript|node-rdkafka)/';
const UI_LIBRARIES =
  'node_modules/(@types/)?(react|react-dom|@xyflow/[^/]+|@base-ui/[^/]+|zustand|cmdk|lucide-react|monaco-editor|electron)/';

/** The folders of `shared` and what each may import beside itself. */
const SHARED = {
  base: [],
  rpc: ['base'],
  design: ['base'],
  expressions: ['base', 'design'],
  checks: ['base', 'design', 'expressions'],
  sizing: ['base', 'design', 'expressions'],
  scenarios: ['base', 'design', 'expressions', 'checks'],
  codegen: ['base', 'design', 'expressions', 'checks'],
  lessons: ['base', 'design', 'expressions', 'checks', 'scenarios'],
};

const FEATURES = 'boot|canvas|palette|properties|schemas|problems|code|inspector|sandbox|lessons|connections';

const sharedFolderRules = Object.entries(SHARED).map(([folder, below]) =>
  forbid(`shared-${folder}`, {
    comment: `shared/${folder} imports from shared only: ${below.join(', ') || 'nothing'}`,
    from: { path: `^shared/${folder}/` },
    to: { path: '^shared/', pathNot: `^shared/(${[folder, ...below].join('|')})/` },
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...sharedFolderRules,
    forbid('shared-stands-below-all', {
      comment: 'shared is pure and knows no other layer',
      from: { path: '^shared/' },
      to: { path: '^(app|main|renderer|streams|e2e)/' },
    }),
    forbid('shared-without-node', {
      comment: 'shared runs in a browser too: no Node built-ins',
      from: { path: '^shared/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    }),
    forbid('shared-without-ui', {
      comment: 'shared has no React and no other user interface library',
      from: { path: '^shared/' },
      to: { path: UI_LIBRARIES },
    }),
    forbid('base-without-packages', {
      comment: 'shared/base imports nothing',
      from: { path: '^shared/base/', pathNot: TESTS },
      to: { path: 'node_modules/' },
    }),
    forbid('main-without-faces', {
      comment: 'the back end knows neither the user interface nor the program it runs in',
      from: { path: '^main/' },
      to: { path: '^(app|renderer|e2e)/' },
    }),
    forbid('main-without-ui', {
      comment: 'the back end has no React and no other user interface library',
      from: { path: '^main/' },
      to: { path: UI_LIBRARIES },
    }),
    forbid('inspect-and-drift-see-the-port', {
      comment: 'main/inspect and main/drift work on ClusterPort, whatever cluster is behind it',
      from: { path: '^main/(inspect|drift)/', pathNot: TESTS },
      to: { path: '^main/clusters/(kafka|sandbox)/' },
    }),
    forbid('kafka-client-behind-a-port', {
      comment: 'a Kafka client is imported in main/clusters/kafka and streams/src/kafka only',
      from: {
        path: '^(app|main|renderer|shared|streams)/',
        pathNot: ['^main/clusters/kafka/', '^streams/src/kafka/', ...TESTS],
      },
      to: { path: KAFKA_CLIENTS },
    }),
    forbid('renderer-without-back-end', {
      comment: 'the user interface reaches the back end through the contract only',
      from: { path: '^renderer/' },
      to: { path: '^(app|main|streams|e2e)/' },
    }),
    forbid('renderer-without-node', {
      comment: 'the user interface runs in a browser: no Node built-ins',
      from: { path: '^renderer/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    }),
    forbid('features-apart', {
      comment: 'a feature of the user interface never imports another; only boot puts them together',
      from: { path: `^renderer/(${FEATURES})/`, pathNot: '^renderer/boot/' },
      to: { path: `^renderer/(${FEATURES})/`, pathNot: '^renderer/$1/' },
    }),
    forbid('features-above-their-ground', {
      comment: 'renderer/store, ui and strings are what features stand on, so they import no feature',
      from: { path: '^renderer/(store|ui|strings)/' },
      to: { path: `^renderer/(${FEATURES})/` },
    }),
    forbid('electron-in-one-folder', {
      comment: "app/electron is the only folder that imports 'electron'",
      from: { path: '^(app|main|renderer|shared|streams|e2e)/', pathNot: '^app/electron/' },
      to: { path: 'node_modules/electron/' },
    }),
    forbid('streams-stands-alone', {
      comment: 'the published library imports its own sources and packages only',
      from: { path: '^streams/' },
      to: { path: '^(app|main|renderer|shared|e2e)/' },
    }),
    forbid('streams-in-the-sandbox', {
      comment: 'of the application, only main/clusters/sandbox runs on the streams library',
      from: { path: '^(app|main|renderer|shared)/', pathNot: ['^main/clusters/sandbox/', ...TESTS] },
      to: { path: '^streams/' },
    }),
    forbid('streams-through-its-front-door', {
      comment: 'the streams library is used through what it publishes',
      from: { path: '^(app|main|renderer|shared|tools|e2e)/' },
      to: { path: '^streams/', pathNot: '^streams/(src|testing)/index\\.ts$' },
    }),
    forbid('tools-stay-outside', {
      comment: 'what ships does not import development tools; its tests may',
      from: { path: '^(app|main|renderer|shared|streams)/', pathNot: TESTS },
      to: { path: '^tools/' },
    }),
    forbid('development-packages-stay-outside', {
      comment: 'what ships does not import a development dependency (electron is provided by its own binary)',
      from: {
        path: '^(app|main|renderer|shared|streams/(src|testing))/',
        pathNot: [...TESTS, ...BUILD_FILES],
      },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/electron/' },
    }),
    forbid('tests-are-not-imported', {
      comment: 'a test file is an end: what two tests share has a file of its own',
      from: {},
      to: { path: '\\.test\\.tsx?$' },
    }),
    forbid('test-support-in-tests-only', {
      comment: 'what tests share is imported by tests',
      from: { pathNot: [...TESTS, '^e2e/', '^tools/codegen/golden-'] },
      to: { path: TEST_SUPPORT },
    }),
    forbid('no-cycles', {
      comment: 'no module reaches itself, not even through type imports',
      from: {},
      to: { circular: true },
    }),
    forbid('all-resolved', {
      comment: 'an import that does not resolve would escape every other rule',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|raw|url|inline)$' },
    }),
  ],
  options: {
    // Never `exclude` here: a module that is excluded cannot break a rule about packages either.
    doNotFollow: { path: ['node_modules', '(^|/)(dist|golden|\\.tsbuild)/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['millstream-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};

function forbid(name, rule) {
  return { name, severity: 'error', ...rule };
}
