import type { Payload, RecordView } from '#shared/contract/cluster-types.ts';

/** A payload on one line, as it is read in a row. */
export function payloadLine(payload: Payload): string {
  switch (payload.kind) {
    case 'null':
      return 'null';
    case 'binary':
      return `0x${payload.text}`;
    case 'json':
      return payload.text.replace(/\s*\n\s*/g, ' ');
    case 'text':
    case 'long':
      return payload.text.replace(/[\r\n\t]+/g, ' ');
  }
}

/** A payload laid out to be read: JSON with two blanks for each level, bytes sixteen to a line. */
export function payloadBlock({ kind, text, truncated }: Payload): string {
  if (kind === 'null') {
    return 'null';
  }
  if (kind === 'binary') {
    return (text.match(/.{1,32}/g) ?? []).map((line) => (line.match(/../g) ?? []).join(' ')).join('\n');
  }
  return kind === 'json' && !truncated ? prettyJson(text) : text;
}

/** JSON of a record for the clipboard, with JSON payloads as JSON. */
export function recordJson(record: RecordView): string {
  const { partition, offset, timestamp, key, value, headers } = record;
  return JSON.stringify(
    {
      partition,
      offset,
      timestamp,
      key: plain(key),
      value: plain(value),
      headers: headers.map((header) => ({ key: header.key, value: plain(header.value) })),
    },
    null,
    2,
  );
}

/**
 * Lays out JSON without reading it as values: a number that has more digits than JavaScript keeps stays as it is,
 * and so does the order of the fields.
 */
export function prettyJson(text: string): string {
  let depth = 0;
  let out = '';
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  tokens.forEach((token, index) => {
    if (token === '{' || token === '[') {
      const isEmpty = tokens[index + 1] === (token === '{' ? '}' : ']');
      depth += isEmpty ? 0 : 1;
      out += isEmpty ? token : `${token}\n${indent(depth)}`;
    } else if (token === '}' || token === ']') {
      const isEmpty = tokens[index - 1] === (token === '}' ? '{' : '[');
      depth -= isEmpty ? 0 : 1;
      out += isEmpty ? token : `\n${indent(depth)}${token}`;
    } else if (token === ',') {
      out += `,\n${indent(depth)}`;
    } else {
      out += token === ':' ? ': ' : token;
    }
  });
  return out;
}

function indent(depth: number): string {
  return '  '.repeat(Math.max(0, depth));
}

function plain({ kind, text, truncated }: Payload): unknown {
  if (kind === 'null') {
    return null;
  }
  if (kind !== 'json' || truncated) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
