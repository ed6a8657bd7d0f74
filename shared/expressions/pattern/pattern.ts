import { err, ok, type Result } from '../../base/result.ts';

/** A set of characters, tested one at a time. */
export interface CharacterClass {
  readonly kind: 'class';
  /** As written, for the test by a regular expression of one character. */
  readonly source: string;
}

export type PatternNode =
  | CharacterClass
  | { readonly kind: 'start' | 'end' | 'boundary' | 'notBoundary' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly of: PatternNode; readonly min: number; readonly max: number | null };

/** A regular expression that can be matched in linear time, and that JavaScript reads with the same meaning. */
export interface Pattern {
  readonly source: string;
  readonly root: PatternNode;
}

const maxPatternLength = 500;
const maxRepeat = 100;
const maxSize = 2_000;
const simpleEscapes = new Set('dDwWsSnrtfv\\.*+?()[]{}^$|/'.split(''));

/**
 * Reads a pattern of the subset that all our targets share: characters, classes, groups, choices, anchors and
 * repetition. Look-around, back-references, named groups and repetition inside repetition are refused, each with
 * a sentence.
 */
export function parsePattern(source: string): Result<Pattern, string> {
  if (source.length > maxPatternLength)
    return err(`The pattern is longer than ${maxPatternLength} characters.`);
  const reader = new PatternReader(source);
  try {
    const root = reader.readAll();
    if (sizeOf(root) > maxSize) return err('The pattern is too large once its repetitions are written out.');
    return ok({ source, root });
  } catch (error) {
    if (error instanceof PatternError) return err(error.message);
    throw error;
  }
}

class PatternError extends Error {}

class PatternReader {
  private readonly characters: readonly string[];
  private position = 0;
  private depth = 0;

  constructor(source: string) {
    this.characters = [...source];
  }

  readAll(): PatternNode {
    const root = this.readChoice();
    if (this.peek() === ')') throw new PatternError('The pattern has a “)” without its “(”.');
    return root;
  }

  private peek(ahead = 0): string | undefined {
    return this.characters[this.position + ahead];
  }

  private take(): string {
    const character = this.characters[this.position];
    if (character === undefined) throw new PatternError('The pattern ends too early.');
    this.position += 1;
    return character;
  }

  private readChoice(): PatternNode {
    const options = [this.readSequence()];
    while (this.peek() === '|') {
      this.take();
      options.push(this.readSequence());
    }
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  private readSequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      parts.push(this.readRepeat(this.readAtom()));
    }
    return { kind: 'sequence', parts };
  }

  private readRepeat(atom: PatternNode): PatternNode {
    const bounds = this.readBounds();
    if (!bounds) return atom;
    if (atom.kind !== 'class' && atom.kind !== 'sequence' && atom.kind !== 'choice') {
      throw new PatternError('The pattern repeats a place (such as ^ or $), not a character.');
    }
    if (containsRepeat(atom)) {
      throw new PatternError(
        'The pattern repeats a group that itself repeats; write it without repetition inside repetition.',
      );
    }
    if (canBeEmpty(atom)) throw new PatternError('The pattern repeats a group that may be empty.');
    if (bounds.max !== 1 && hasLooseChoice(atom)) {
      throw new PatternError(
        'The pattern repeats a choice whose options may begin alike; use a class such as [ab], or begin each ' +
          'option with a different character.',
      );
    }
    if (this.peek() === '?') this.take();
    if (this.readBounds()) throw new PatternError('The pattern repeats a repetition.');
    return { kind: 'repeat', of: atom, ...bounds };
  }

  private readBounds(): { min: number; max: number | null } | undefined {
    const next = this.peek();
    if (next === '*' || next === '+' || next === '?') {
      this.take();
      return { min: next === '+' ? 1 : 0, max: next === '?' ? 1 : null };
    }
    if (next !== '{') return undefined;
    const written = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.characters.slice(this.position).join(''));
    if (!written)
      throw new PatternError('The pattern has a “{” that is no repetition; write \\{ for the brace.');
    this.position += written[0].length;
    const min = Number(written[1]);
    const max = written[2] === undefined ? min : written[3] ? Number(written[3]) : null;
    if (min > maxRepeat || (max !== null && (max > maxRepeat || max < min))) {
      throw new PatternError(
        `The pattern's repetition goes beyond ${maxRepeat}, or its bounds are reversed.`,
      );
    }
    return { min, max };
  }

  private readAtom(): PatternNode {
    const character = this.take();
    switch (character) {
      case '(':
        return this.readGroup();
      case '[':
        return this.readClass();
      case '.':
        return { kind: 'class', source: '.' };
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return this.readEscape();
      case '*':
      case '+':
      case '?':
      case '{':
        throw new PatternError(`The pattern has a “${character}” with nothing before it to repeat.`);
      case '}':
      case ']':
        throw new PatternError(
          `The pattern has a “${character}” alone; write \\${character} for the character.`,
        );
      default:
        return { kind: 'class', source: character === '/' ? '\\/' : character };
    }
  }

  private readGroup(): PatternNode {
    if (this.peek() === '?') {
      if (this.peek(1) !== ':') {
        throw new PatternError(
          'The pattern has a look-around or a named group; only (…) and (?:…) are allowed.',
        );
      }
      this.position += 2;
    }
    this.depth += 1;
    if (this.depth > 20) throw new PatternError('The pattern is nested too deeply.');
    const inner = this.readChoice();
    if (this.peek() !== ')') throw new PatternError('The pattern has a “(” without its “)”.');
    this.take();
    this.depth -= 1;
    return inner;
  }

  private readEscape(): PatternNode {
    const character = this.take();
    if (character === 'b') return { kind: 'boundary' };
    if (character === 'B') return { kind: 'notBoundary' };
    if (/[1-9k]/.test(character))
      throw new PatternError('The pattern refers back to a group, which is not allowed.');
    return { kind: 'class', source: `\\${this.escaped(character)}` };
  }

  private escaped(character: string): string {
    if (simpleEscapes.has(character)) return character;
    if (character === 'x') {
      const digits = `${this.take()}${this.take()}`;
      if (/^[0-9a-fA-F]{2}$/.test(digits)) return `x${digits}`;
    }
    throw new PatternError(`The pattern has \\${character}, which has no meaning here.`);
  }

  private readClass(): PatternNode {
    let source = '[';
    if (this.peek() === '^') source += this.take();
    if (this.peek() === ']') throw new PatternError('The pattern has an empty class [].');
    for (let next = this.peek(); next !== ']'; next = this.peek()) {
      if (next === undefined) throw new PatternError('The pattern has a “[” without its “]”.');
      if (next === '[')
        throw new PatternError('The pattern has a “[” inside a class; write \\[ for the bracket.');
      this.take();
      source += next === '\\' ? `\\${this.escapedInClass()}` : next;
    }
    this.take();
    source += ']';
    try {
      new RegExp(source, 'u');
    } catch {
      throw new PatternError(`The pattern's class ${source} is not valid; look at the ranges in it.`);
    }
    return { kind: 'class', source };
  }

  private escapedInClass(): string {
    const character = this.take();
    return character === '-' ? character : this.escaped(character);
  }
}

function containsRepeat(node: PatternNode): boolean {
  switch (node.kind) {
    case 'repeat':
      return true;
    case 'sequence':
      return node.parts.some(containsRepeat);
    case 'choice':
      return node.options.some(containsRepeat);
    default:
      return false;
  }
}

function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'class':
      return false;
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.of);
    case 'sequence':
      return node.parts.every(canBeEmpty);
    case 'choice':
      return node.options.some(canBeEmpty);
    default:
      return true;
  }
}

/** A repeated choice is safe for every engine only when the first character tells which option it is. */
function hasLooseChoice(node: PatternNode): boolean {
  if (node.kind === 'sequence') return node.parts.some(hasLooseChoice);
  if (node.kind !== 'choice') return false;
  const firsts = node.options.map(firstCharacter);
  return (
    firsts.includes(undefined) ||
    new Set(firsts).size !== firsts.length ||
    node.options.some((option) => hasLooseChoice(option))
  );
}

function firstCharacter(node: PatternNode): string | undefined {
  if (node.kind === 'class')
    return [...node.source].length === 1 && node.source !== '.' ? node.source : undefined;
  const first = node.kind === 'sequence' ? node.parts[0] : undefined;
  return first && firstCharacter(first);
}

function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case 'repeat':
      return 1 + sizeOf(node.of) * (node.max ?? node.min + 1);
    case 'sequence':
      return node.parts.reduce((size, part) => size + sizeOf(part), 0);
    case 'choice':
      return node.options.reduce((size, option) => size + sizeOf(option) + 2, 0);
    default:
      return 1;
  }
}
