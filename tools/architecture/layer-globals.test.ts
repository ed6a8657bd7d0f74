import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const CANNOT_FIND = /^Cannot find name '(\w+)'/;

const BROWSER = ['window', 'document', 'HTMLElement'];
const NODE = ['process', 'Buffer', '__dirname'];

describe('the globals a layer can see, by its own tsconfig', () => {
  test.each([
    ['shared', { refused: [...BROWSER, ...NODE], seen: ['Intl'] }],
    ['main', { refused: BROWSER, seen: NODE }],
    ['app', { refused: BROWSER, seen: NODE }],
    ['renderer', { refused: NODE, seen: BROWSER }],
  ])('%s', (layer, { refused, seen }) => {
    expect(unknownNames(layer, [...refused, ...seen])).toEqual(refused);
  });
});

/** Compiles an imagined file of that layer that uses the names, beside a test, and returns the unknown ones. */
function unknownNames(layer: string, names: readonly string[]): string[] {
  const file = path.join(root, layer, 'imagined.ts');
  const imagined = new Map([
    [file, `${names.map((name) => `void ${name};`).join('\n')}\nexport {};\n`],
    [path.join(root, layer, 'imagined.test.ts'), "import { test } from 'vitest';\nvoid test;\n"],
  ]);
  const host = ts.createCompilerHost(readOptions(layer));
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => imagined.has(name) || fileExists(name);
  host.getSourceFile = (name, version) => {
    const text = imagined.get(name);
    return text === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram({ rootNames: [...imagined.keys()], options: readOptions(layer), host });
  return program.getSemanticDiagnostics(program.getSourceFile(file)).flatMap(({ messageText }) => {
    const name = CANNOT_FIND.exec(ts.flattenDiagnosticMessageText(messageText, ' '))?.[1];
    return name ? [name] : [];
  });
}

function readOptions(layer: string): ts.CompilerOptions {
  const file = path.join(root, layer, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file), undefined, file).options;
}
