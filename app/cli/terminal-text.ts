/**
 * Text of unknown origin for a terminal: what would steer the terminal, or hide something in it, is written as an
 * escape. Records hold what anybody sent, also sequences that move the cursor or rename the window.
 */
export function toTerminalText(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => named[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
