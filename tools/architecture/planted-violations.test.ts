import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CruiseResult, cruiseTree } from './cruise-tree.ts';
import { plantTree, type SourceFiles } from './planted-tree.ts';

/** One file per rule that breaks it, and the rule it breaks. */
const PLANTED: Readonly<Record<string, readonly [file: string, source: string]>> = {
  'shared-base': ['shared/base/planted.ts', "import type {} from '../design/good.ts';"],
  'shared-rpc': ['shared/rpc/planted.ts', "import '#shared/design/good.ts';"],
  'shared-design': ['shared/design/planted.ts', "import type {} from '../checks/good.ts';"],
  'shared-expressions': ['shared/expressions/planted.ts', "import '../checks/good.ts';"],
  'shared-checks': ['shared/checks/planted.ts', "import '../codegen/good.ts';"],
  'shared-sizing': ['shared/sizing/planted.ts', "import '../codegen/good.ts';"],
  'shared-scenarios': ['shared/scenarios/planted.ts', "import '../codegen/good.ts';"],
  'shared-codegen': ['shared/codegen/planted.ts', "import '../rpc/good.ts';"],
  'shared-lessons': ['shared/lessons/planted.ts', "import '../codegen/good.ts';"],
  'shared-stands-below-all': ['shared/contract/planted.ts', "import '#main/inspect/good.ts';"],
  'shared-without-node': ['shared/codegen/planted-node.ts', "import { readFileSync } from 'fs';"],
  'shared-without-ui': ['shared/design/planted-ui.ts', "import type { ReactNode } from 'react';"],
  'base-without-packages': ['shared/base/planted-package.ts', "import { z } from 'zod';"],
  'main-without-faces': ['main/inspect/planted-face.ts', "import '#renderer/store/good.ts';"],
  'main-without-ui': ['main/settings/planted.ts', "import { create } from 'zustand';"],
  'inspect-and-drift-see-the-port': ['main/drift/planted.ts', "import '../clusters/kafka/good.ts';"],
  'kafka-client-behind-a-port': ['main/inspect/planted.ts', "import { Kafka } from 'kafkajs';"],
  'renderer-without-back-end': [
    'renderer/inspector/planted.ts',
    "import type {} from '#main/inspect/good.ts';",
  ],
  'renderer-without-node': ['renderer/code/planted.ts', "import path from 'node:path';"],
  'features-apart': ['renderer/canvas/planted.tsx', "import '../palette/good.ts';"],
  'features-above-their-ground': ['renderer/store/planted.ts', "import '#renderer/canvas/good.ts';"],
  'electron-in-one-folder': ['app/web/planted.ts', "import { app } from 'electron';"],
  'streams-stands-alone': ['streams/src/planted.ts', "import '../../shared/base/good.ts';"],
  'streams-in-the-sandbox': ['app/cli/planted.ts', "import '@millstream/streams';"],
  'streams-through-its-front-door': [
    'main/clusters/sandbox/planted.ts',
    "import '../../../streams/src/internals/good.ts';",
  ],
  'tools-stay-outside': ['app/planted.ts', "import '#tools/kafka/good.ts';"],
  'development-packages-stay-outside': ['main/output/planted.ts', "import { test } from 'vitest';"],
  'tests-are-not-imported': ['tools/planted.ts', "import './good.test.ts';"],
  'test-support-in-tests-only': ['shared/rpc/planted-suite-use.ts', "import './good-suite.ts';"],
  'no-cycles': ['main/handlers/planted.ts', "import type {} from './z-planted.ts';"],
  'all-resolved': ['renderer/ui/planted.ts', "import 'not-installed';"],
};

const ALLOWED: SourceFiles = {
  'shared/base/good.ts': '',
  'shared/rpc/good.ts': "import '../base/good.ts';",
  'shared/rpc/good-suite.ts': "import { test } from 'vitest';",
  'shared/rpc/good.test.ts': "import './good-suite.ts';",
  'shared/design/good.test.ts': "import './testing/good.ts';",
  'shared/design/testing/good.ts': "import { test } from 'vitest'; import '../good.ts';",
  'app/electron/vite.config.ts': "import { test } from 'vitest';",
  'shared/design/good.ts': "import '#shared/base/good.ts'; import { z } from 'zod';",
  'shared/checks/good.ts': "import '../design/good.ts'; import '#shared/expressions/good.ts';",
  'shared/expressions/good.ts': "import '../design/good.ts';",
  'shared/codegen/good.ts': "import '../checks/good.ts';",
  'shared/codegen/golden/orders/service.ts': "import 'only-in-the-export';",
  'shared/contract/good.ts': "import '#shared/checks/good.ts'; import '#shared/rpc/good.ts';",
  'main/clusters/kafka/good.ts': "import { Kafka } from 'kafkajs'; import '#shared/design/good.ts';",
  'main/clusters/sandbox/good.ts': "import '@millstream/streams'; import '@millstream/streams/testing';",
  'main/inspect/good.ts': "import { readFile } from 'node:fs'; import '#shared/design/good.ts';",
  'main/inspect/good.test.ts': "import { test } from 'vitest'; import '#tools/kafka/good.ts';",
  'main/handlers/z-planted.ts': "import type {} from './planted.ts';",
  'renderer/store/good.ts': "import '#shared/design/good.ts';",
  'renderer/palette/good.ts': "import '#renderer/store/good.ts'; import 'react';",
  'renderer/canvas/good.ts': "import './near.ts';",
  'renderer/canvas/near.ts': '',
  'renderer/boot/good.ts': "import '../canvas/good.ts'; import '../palette/good.ts';",
  'app/electron/good.ts': "import { app } from 'electron';",
  'streams/src/index.ts': "import './kafka/good.ts'; import './internals/good.ts';",
  'streams/src/internals/good.ts': '',
  'streams/src/kafka/good.ts': "import { Kafka } from 'kafkajs';",
  'streams/testing/index.ts': "import '../src/index.ts';",
  'tools/good.test.ts': "import { test } from 'vitest';",
  'tools/kafka/good.ts': "import { Kafka } from 'kafkajs';",
};

const PACKAGES = ['electron', 'kafkajs', 'react', 'vitest', 'zod', 'zustand'];
const root = plantTree({ ...ALLOWED, ...Object.fromEntries(Object.values(PLANTED)) }, PACKAGES);
let result: CruiseResult;

beforeAll(async () => {
  result = await cruiseTree(root);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('the rules of who may import whom', () => {
  test('have a planted violation each', () => {
    const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
      forbidden: ReadonlyArray<{ name: string }>;
    };
    expect(Object.keys(PLANTED).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  });

  test.each(Object.entries(PLANTED))('%s is seen broken', (rule, [file]) => {
    expect(result.violations).toContainEqual(expect.objectContaining({ rule, from: file }));
  });

  test('leave alone what is allowed', () => {
    expect(result.modules).toBeGreaterThan(Object.keys(ALLOWED).length);
    expect(result.violations.filter(({ from }) => !from.includes('planted'))).toEqual([]);
  });
});
