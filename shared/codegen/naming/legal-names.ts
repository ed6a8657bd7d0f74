import { reservedWords } from './reserved-words.ts';
import type { NamingRule } from './unique-names.ts';

const longest = 60;

/** `Order details` → `order-details`: for files, packages and steps of a topology. */
export const kebabNames: NamingRule = {
  fromText: (text) => cut(words(text).join('-'), '-'),
  fromId: (id) => `id-${id}`,
};

/** `Order details` → `orderDetails`: for variables. */
export const camelNames: NamingRule = {
  fromText: (text) =>
    toIdentifier(
      words(text)
        .map((word, i) => (i === 0 ? word : capital(word)))
        .join(''),
    ),
  fromId: (id) => `_${id.replaceAll('-', '_')}`,
  taken: reservedWords,
};

/** A rule for variables beside names that are taken already. */
export function camelNamesBeside(taken: Iterable<string>): NamingRule {
  return { ...camelNames, taken: new Set([...reservedWords, ...taken]) };
}

/** Lower-case words of ASCII letters and digits; accents are taken off, other scripts are left out. */
function words(text: string): string[] {
  return (
    text
      .replaceAll('ß', 'ss')
      .normalize('NFKD')
      .replace(/[\u0300-\u036f’']/g, '')
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  );
}

function toIdentifier(text: string): string {
  return /^[0-9]/.test(text) ? `_${text.slice(0, longest)}` : text.slice(0, longest);
}

function cut(text: string, separator: string): string {
  if (text.length <= longest) return text;
  const end = text.lastIndexOf(separator, longest);
  return text.slice(0, end > 0 ? end : longest);
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
