/** Where a text stops being JSON, and in one sentence why. Lines and columns start at 1. */
export interface JsonError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Finds the first place where a text is not JSON; null when it is. Engines word and place this differently, or
 * not at all, so this reads the text itself; it is only called once JSON.parse has refused.
 */
export function locateJsonError(text: string): JsonError | null {
  const scan: Scan = { text, at: 0, open: [] };
  let expected: Expected = 'value';
  while (true) {
    scan.at = skipSpace(text, scan.at);
    if (expected === 'end' && scan.at === text.length) return null;
    const step: Step = steps[expected](scan);
    if (typeof step === 'object') return errorAt(text, step);
    expected = step;
  }
}

interface Scan {
  readonly text: string;
  at: number;
  /** The closing characters that are still to come. */
  readonly open: ('}' | ']')[];
}

type Expected = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'colon' | 'commaOrClose' | 'end';
interface Failure {
  readonly at: number;
  readonly message: string;
}
type Step = Expected | Failure;

const steps: { readonly [E in Expected]: (scan: Scan) => Step } = {
  value: (scan) => scanValue(scan, 'A value is expected here.'),
  valueOrClose: (scan) => closing(scan) ?? scanValue(scan, 'A value or ] is expected here.'),
  key: (scan) => scanKey(scan, 'A name in double quotes is expected here.'),
  keyOrClose: (scan) => closing(scan) ?? scanKey(scan, 'A name in double quotes or } is expected here.'),
  colon: (scan) => (take(scan, ':') ? 'value' : failure(scan, 'A colon is expected here.')),
  commaOrClose: (scan) => {
    if (take(scan, ',')) return scan.open.at(-1) === '}' ? 'key' : 'value';
    return closing(scan) ?? failure(scan, `A comma or ${scan.open.at(-1)} is expected here.`);
  },
  end: (scan) => failure(scan, 'Nothing more is expected here.'),
};

function scanValue(scan: Scan, message: string): Step {
  if (take(scan, '{')) {
    scan.open.push('}');
    return 'keyOrClose';
  }
  if (take(scan, '[')) {
    scan.open.push(']');
    return 'valueOrClose';
  }
  if (scan.text[scan.at] === '"') return scanString(scan) ?? afterValue(scan);
  scalar.lastIndex = scan.at;
  if (!scalar.test(scan.text)) return failure(scan, message);
  scan.at = scalar.lastIndex;
  return afterValue(scan);
}

const scalar = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;

function scanKey(scan: Scan, message: string): Step {
  if (scan.text[scan.at] !== '"') return failure(scan, message);
  return scanString(scan) ?? 'colon';
}

/** Moves behind a string; the failure when it is not one. */
function scanString(scan: Scan): Failure | null {
  const start = scan.at;
  for (let at = start + 1; at < scan.text.length; at += 1) {
    const character = scan.text.charAt(at);
    if (character === '"') {
      scan.at = at + 1;
      return null;
    }
    if (character < ' ') return { at, message: 'A text in double quotes cannot go over the end of a line.' };
    if (character === '\\') {
      escapeSequence.lastIndex = at;
      if (!escapeSequence.test(scan.text)) return { at, message: 'This is not an escape that JSON knows.' };
      at = escapeSequence.lastIndex - 1;
    }
  }
  return { at: start, message: 'This text has no closing quote.' };
}

const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function closing(scan: Scan): Step | null {
  const close = scan.open.at(-1);
  if (close === undefined || !take(scan, close)) return null;
  scan.open.pop();
  return afterValue(scan);
}

function afterValue(scan: Scan): Expected {
  return scan.open.length === 0 ? 'end' : 'commaOrClose';
}

function take(scan: Scan, character: string): boolean {
  if (scan.text[scan.at] !== character) return false;
  scan.at += 1;
  return true;
}

function failure(scan: Scan, message: string): Failure {
  return { at: scan.at, message };
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}

function errorAt(text: string, { at, message }: Failure): JsonError {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(0, lineStart).split('\n').length;
  const isConflict = /^(?:<<<<<<<|=======|>>>>>>>)/.test(text.slice(lineStart, lineStart + 7));
  if (isConflict)
    return { line, column: 1, message: 'This line is the mark of a Git merge that is not finished.' };
  if (at >= text.length)
    return { line, column: at - lineStart + 1, message: `The text ends too early. ${message}` };
  return { line, column: at - lineStart + 1, message };
}
