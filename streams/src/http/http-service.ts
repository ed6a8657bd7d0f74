import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { StreamsConfigError } from '../errors.ts';
import { messageOf } from '../internals/record-queue.ts';

/** Names in braces of a path: `'id' | 'item'` of `/orders/{id}/items/{item}`. */
export type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameters<Rest>
  : never;

/** A request that matched a route. */
export interface HttpRequest<N extends string> {
  readonly params: { readonly [name in N]: string };
  readonly query: URLSearchParams;
  /** The parsed JSON body; null without one. */
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** An answer. `body` is written as JSON, a string with `contentType` as it is. */
export interface HttpReply {
  readonly status?: number;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The methods a route can have. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Answers a request; what it throws becomes an answer too: `HttpError` with its status, others 500. */
export type HttpHandler<N extends string> = (request: HttpRequest<N>) => HttpReply | Promise<HttpReply>;

/** Thrown by a handler to answer with a status and one clear sentence. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Where an `HttpService` listens, and what it takes. */
export interface HttpServiceOptions {
  /** Default 127.0.0.1: reachable from this machine only. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Largest accepted body in bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  /** While false, routes answer 503 with Retry-After, unless they are always open. */
  readonly ready?: () => boolean;
}

interface Route {
  readonly method: HttpMethod;
  readonly segments: readonly string[];
  readonly handler: HttpHandler<string>;
  readonly alwaysOpen: boolean;
}

/**
 * A small JSON server for gateways and queries. Errors are `{ "error": "one sentence" }`: 400 for bad
 * JSON, 404, 405 with Allow, 413, 415, 500, and 503 while `ready` is false.
 */
export class HttpService {
  readonly #options: HttpServiceOptions;
  readonly #routes: Route[] = [];
  readonly #server: Server;

  constructor(options: HttpServiceOptions = {}) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Adds a route; `{name}` in the path matches one segment. The first that matches answers. */
  route<P extends string>(
    method: HttpMethod,
    path: P,
    handler: HttpHandler<PathParameters<P>>,
    options: { readonly alwaysOpen?: boolean } = {},
  ): this {
    this.#routes.push({
      method,
      segments: path.split('/').slice(1),
      handler: handler as HttpHandler<string>,
      alwaysOpen: options.alwaysOpen ?? false,
    });
    return this;
  }

  /** Begins to listen and answers the address. Throws `StreamsConfigError` when the port is taken. */
  listen(): Promise<{ readonly host: string; readonly port: number; readonly url: string }> {
    const host = this.#options.host ?? '127.0.0.1';
    const wanted = this.#options.port ?? 0;
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error) =>
        reject(new StreamsConfigError(`Cannot listen on ${host}:${wanted}: ${messageOf(error)}`)),
      );
      this.#server.listen(wanted, host, () => {
        const address = this.#server.address();
        const port = typeof address === 'object' && address !== null ? address.port : wanted;
        resolve({ host, port, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}` });
      });
    });
  }

  /** Stops accepting, ends idle and open connections. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      write(response, await this.#answer(request, response));
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 500;
      const headers: Record<string, string> = status === 503 ? { 'retry-after': '1' } : {};
      write(response, { status, headers, body: { error: messageOf(error) } });
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<HttpReply> {
    const url = parseUrl(request.url ?? '/');
    const segments = url.pathname.split('/').slice(1);
    const matching = this.#routes.flatMap((route) => {
      const params = matchSegments(route.segments, segments);
      return params === null ? [] : [{ route, params }];
    });
    if (matching.length === 0) throw new HttpError(404, `There is nothing at ${url.pathname}.`);
    const found = matching.find(({ route }) => route.method === request.method);
    if (found === undefined) {
      const allow = matching.map(({ route }) => route.method).join(', ');
      return {
        status: 405,
        headers: { allow },
        body: { error: `${url.pathname} takes ${allow}, not ${request.method}.` },
      };
    }
    if (!found.route.alwaysOpen && this.#options.ready?.() === false) {
      throw new HttpError(503, 'The service is starting or moving its state; try again in a moment.');
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const body = await this.#readBody(request);
    return found.route.handler({
      params: found.params,
      query: url.searchParams,
      body,
      headers: request.headers,
      signal: gone.signal,
    });
  }

  async #readBody(request: IncomingMessage): Promise<unknown> {
    const limit = this.#options.bodyLimit ?? 1024 * 1024;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > limit) throw new HttpError(413, `The body is larger than ${limit} bytes.`);
      chunks.push(bytes);
    }
    if (size === 0) return null;
    const type = request.headers['content-type'] ?? 'application/json';
    if (!/^application\/([\w.+-]*\+)?json\b/i.test(type)) {
      throw new HttpError(415, `The body must be application/json, not ${type}.`);
    }
    try {
      return JSON.parse(Buffer.concat(chunks).toString('utf8'));
    } catch (cause) {
      throw new HttpError(400, `The body is not valid JSON: ${messageOf(cause)}`);
    }
  }
}

function parseUrl(target: string): URL {
  try {
    return new URL(target, 'http://localhost');
  } catch {
    throw new HttpError(400, 'The address of the request cannot be read.');
  }
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== segment) return null;
      continue;
    }
    const decoded = decodeSegment(segment);
    if (decoded === '') return null;
    params[name] = decoded;
  }
  return params;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, `"${segment}" in the address is not valid percent-encoding.`);
  }
}

function write(response: ServerResponse, reply: HttpReply): void {
  if (response.headersSent || response.destroyed) return;
  const status = reply.status ?? 200;
  const contentType = reply.contentType ?? 'application/json; charset=utf-8';
  const text =
    reply.body === undefined
      ? ''
      : reply.contentType !== undefined && typeof reply.body === 'string'
        ? reply.body
        : JSON.stringify(reply.body);
  response.writeHead(status, {
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    ...reply.headers,
  });
  response.end(text);
}
