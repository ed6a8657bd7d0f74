import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { err, ok, type Result } from '../base/result.ts';
import type { ExpressionProblem } from './expression-problem.ts';

/** Longer or deeper expressions are refused before anything walks them. */
export const expressionLimits = {
  maxLength: 10_000,
  maxAstNodes: 2_000,
  maxDepth: 60,
  maxListElements: 200,
  maxMapEntries: 200,
  maxCallArguments: 8,
} as const;

export type CelNode = ASTNode;

const { maxLength, ...structural } = expressionLimits;
const environment = new Environment({ unlistedVariablesAreDyn: true, limits: structural });

/** Text to a tree with source ranges, or the one problem that keeps it from being read. */
export function parseExpression(source: string): Result<CelNode, ExpressionProblem> {
  if (source.trim() === '') {
    return err({ code: 'empty', message: 'The expression is empty.', start: 0, end: source.length });
  }
  if (source.length > maxLength) {
    return err(tooLarge(source, `is longer than ${maxLength} characters`));
  }
  try {
    return ok(environment.parse(source).ast);
  } catch (error) {
    if (error instanceof RangeError) return err(tooLarge(source, 'is nested too deeply'));
    if (!(error instanceof ParseError)) throw error;
    if (error.code === 'limit_exceeded') return err(tooLarge(source, 'is too large or too deeply nested'));
    return err(toProblem(error, source));
  }
}

function tooLarge(source: string, what: string): ExpressionProblem {
  return {
    code: 'too-large',
    message: `The expression ${what}; move part of it into a handler.`,
    start: 0,
    end: source.length,
  };
}

const tokenWords: Readonly<Record<string, string>> = {
  EOF: 'the end of the expression',
  IDENTIFIER: 'a name',
  NUMBER: 'a number',
  STRING: 'a string',
  LPAREN: '“(”',
  RPAREN: '“)”',
  LBRACKET: '“[”',
  RBRACKET: '“]”',
  LBRACE: '“{”',
  RBRACE: '“}”',
  COLON: '“:”',
  COMMA: '“,”',
  DOT: '“.”',
  QUESTION: '“?”',
};

function toProblem(error: ParseError, source: string): ExpressionProblem {
  const start = Math.min(error.range?.start ?? 0, source.length);
  const end = Math.max(start, Math.min(error.range?.end ?? source.length, source.length));
  return { code: 'syntax', message: syntaxSentence(error, source, start, end), start, end };
}

function syntaxSentence(error: ParseError, source: string, start: number, end: number): string {
  const expected = /^Expected (\w+), got (\w+)/.exec(error.summary);
  if (expected) {
    const [, wanted = '', got = ''] = expected;
    return `Expected ${wordFor(wanted)} but found ${found(got, source.slice(start, end))}.`;
  }
  const unexpected = /^Unexpected token: (\w+)/.exec(error.summary);
  if (unexpected)
    return `${sentenceStart(found(unexpected[1] ?? '', source.slice(start, end)))} is not expected here.`;
  if (source[start] === '=' && source[start + 1] !== '=')
    return 'Write == to compare; = has no meaning here.';
  if (error.code === 'unexpected_character') return `“${source.slice(start, end)}” is not expected here.`;
  return `${error.summary.replace(/\.$/, '')}.`;
}

function wordFor(token: string): string {
  return tokenWords[token] ?? token.toLowerCase();
}

function found(token: string, text: string): string {
  return token === 'EOF' || text === '' ? wordFor('EOF') : `“${text}”`;
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
