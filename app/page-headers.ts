/**
 * What the page may load and run, in both hosts. Inline styles are needed by Monaco and React Flow, blob workers by
 * Monaco, data addresses by their fonts and pictures. No script but the host's own files ever runs.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/** The policy while Vite serves the sources: its reload client starts from an inline script. */
export const devContentPolicy = contentPolicy.replace(
  "script-src 'self'",
  "script-src 'self' 'unsafe-inline'",
);

/** The headers that every answer of a host carries, errors too. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};
