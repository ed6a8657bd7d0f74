import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const week = 7 * 24 * 60 * 60;

export interface Session {
  /** Given in the address, once. */
  readonly token: string;
  /** The cookie for the token, or null: it is not the token, or it was used. */
  exchange(token: string): string | null;
  accepts(cookies: string | undefined): boolean;
}

/**
 * One browser's right to this host. The token of 256 bits is given up for a cookie of its own; only hashes are
 * kept. Cookies do not know ports: the name holds the port, and the path keeps it from the pages of other local
 * servers.
 */
export function createSession(port: () => number): Session {
  const token = randomBytes(32).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  let unused: Buffer | null = hash(token);
  const cookieHash = hash(secret);
  const cookieName = () => `millstream-${port()}`;
  return {
    token,
    exchange(asked) {
      if (!unused || !timingSafeEqual(unused, hash(asked))) return null;
      unused = null;
      return `${cookieName()}=${secret}; Path=/session; Max-Age=${week}; HttpOnly; SameSite=Strict`;
    },
    accepts(cookies) {
      const given = readCookie(cookies, cookieName());
      return given !== null && timingSafeEqual(cookieHash, hash(given));
    },
  };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readCookie(cookies: string | undefined, name: string): string | null {
  for (const pair of (cookies ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}
