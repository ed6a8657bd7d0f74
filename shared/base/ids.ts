const longest = 80;

/**
 * An id made of a text: lower-case ASCII letters, digits and hyphens, starting with a letter, 80 at most. A
 * text with nothing of the kind gives `unnamed`.
 */
export function slugOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{Mark}/gu, '');
  const words = plain.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const slug = words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const letterFirst = /^[a-z]/.test(slug) ? slug : `n-${slug}`;
  return slug === '' ? 'unnamed' : letterFirst.slice(0, longest).replace(/-$/, '');
}

/** `slugOf(base)`, or with `-2`, `-3` … behind it, whichever is first free. Never random, never the clock. */
export function freeId(base: string, taken: { readonly has: (id: string) => boolean }): string {
  const slug = slugOf(base);
  let id = slug;
  for (let count = 2; taken.has(id); count += 1) {
    const suffix = `-${count}`;
    id = slug.slice(0, longest - suffix.length) + suffix;
  }
  return id;
}
