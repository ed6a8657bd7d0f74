import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface ImpureCall {
  readonly file: string;
  readonly line: number;
  readonly call: string;
}

const IMPURE_OBJECTS = ['crypto', 'performance', 'process', 'navigator'];
const IMPURE_MEMBERS = ['Date.now', 'Math.random'];
const IMPURE_FUNCTIONS = ['setTimeout', 'setInterval', 'fetch'];

/** Finds the clock, chance and outside world in a folder whose output must depend on its input alone. */
export function findImpureCalls(folder: string): ImpureCall[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|(^|\/)golden\//.test(name))
    .sort()
    .flatMap((name) => findInSource(name, readFileSync(path.join(folder, name), 'utf8')));
}

// By the syntax tree and not by text: a generator's templates may well say `Date.now()`.
export function findInSource(file: string, text: string): ImpureCall[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: ImpureCall[] = [];
  const visit = (node: ts.Node): void => {
    const call = impureCall(node);
    if (call)
      found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, call });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function impureCall(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
    return 'new Date()';
  }
  if (ts.isCallExpression(node) && IMPURE_FUNCTIONS.includes(node.expression.getText())) {
    return `${node.expression.getText()}()`;
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const object = node.expression.getText().replace(/^globalThis\./, '');
  const member = `${object}.${node.name.text}`;
  return IMPURE_MEMBERS.includes(member) || IMPURE_OBJECTS.includes(object) ? member : undefined;
}
