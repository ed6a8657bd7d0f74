/** A string in single quotes, as Biome and prettier write it: double quotes where that needs fewer escapes. */
export function quote(text: string): string {
  const escaped = escapeControls(text);
  if (text.includes("'") && !text.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}

/** The part of a template literal that stands for itself. */
export function templateText(text: string): string {
  return escapeControls(text).replaceAll('`', '\\`').replaceAll('${', '\\${');
}

function escapeControls(text: string): string {
  const shown = text.isWellFormed() ? isInvisible : isInvisibleOrHalf;
  return text.replace(/[^ -~]|\\/g, (character) => {
    const short = shortEscapes[character];
    if (short !== undefined) return short;
    const code = character.charCodeAt(0);
    return shown(code) ? `\\u${code.toString(16).padStart(4, '0')}` : character;
  });
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function isInvisible(code: number): boolean {
  return (
    code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029 || code === 0xfeff
  );
}

function isInvisibleOrHalf(code: number): boolean {
  return isInvisible(code) || (code >= 0xd800 && code <= 0xdfff);
}

const patternCharacters: Readonly<Record<string, string>> = {
  '/': '\\/',
  '\n': '\\n',
  '\r': '\\r',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** A regular expression literal; what the pattern escapes stays as it is. */
export function patternLiteral(source: string): string {
  const body = source.replace(/\\.|[/\n\r\u2028\u2029]/gs, (part) => patternCharacters[part] ?? part);
  return `/${body === '' ? '(?:)' : body}/u`;
}

export function isSafeName(name: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) && name !== '__proto__';
}

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null package ' +
    'private protected public return static super switch this throw true try typeof undefined var void while ' +
    'with yield Object Math Number String Date RegExp exact divide remainder truncate parseInteger parseDouble ' +
    'parseTimestamp itemAt entryOf isEqual lowerAscii upperAscii replaceText'
  ).split(' '),
);

/** The name of a macro's variable: its own, unless TypeScript or the code around uses that. */
export function safeLocal(name: string, names: Readonly<Record<string, string>>): string {
  const isTaken = reserved.has(name) || Object.values(names).includes(name);
  return isTaken ? safeLocal(`${name}_`, names) : name;
}
