/** A string literal that means exactly this text. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `'${escaped}'`;
}

/** A property's name in an object literal, in quotes only where it needs them. */
export function propertyName(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : quote(name);
}

/** A value of JSON as source text. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => `${propertyName(name)}: ${literal(item)}`);
    return `{ ${entries.join(', ')} }`;
  }
  if (typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) >= 10_000) {
    return grouped(value);
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A whole number with its digits in groups, as people write long ones: `3_600_000`. */
export function grouped(value: number): string {
  return Math.abs(value) < 10_000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, '_');
}

/** A doc comment of a text that somebody wrote: wrapped, and unable to end the comment. Empty for no text. */
export function docComment(text: string | undefined, indent = ''): string {
  const lines = wrap(safeComment(text ?? ''), 96 - indent.length);
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`).join('\n')}\n${indent} */\n`;
}

/** The same as line comments, for the inside of a function. */
export function lineComment(text: string | undefined): string {
  return wrap(safeComment(text ?? ''), 94)
    .map((line) => `// ${line}\n`)
    .join('');
}

function safeComment(text: string): string {
  return text.replaceAll('*/', '*\u200b/');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/[\r\n\u2028\u2029]+/)) {
    let line = '';
    for (const word of paragraph.split(/\s+/).filter((part) => part !== '')) {
      if (line !== '' && line.length + word.length + 1 > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    if (line !== '') lines.push(line);
  }
  return lines;
}
