import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import { devContentPolicy, pageHeaders } from '../page-headers.ts';
import { readStaticFile } from '../static-files.ts';
import type { DevServer } from './dev-server.ts';
import { nothingThere, notSignedIn, type Refusal, refuseHost, refuseOrigin } from './refusal.ts';
import type { Session } from './session.ts';

export interface RequestOptions {
  readonly port: () => number;
  readonly session: Session;
  readonly webRoot: string;
  readonly devServer: DevServer | null;
  readonly onError: (error: unknown, where: string) => void;
}

const mostBodyBytes = 4_096;
const Exchange = z.strictObject({ token: z.string().max(200) });

/** Answers the web host's requests: the files of the page, and the exchange of the token for a cookie. */
export function createRequestListener(options: RequestOptions): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    answer(request, response, options).catch((error: unknown) => {
      options.onError(error, `${request.method} ${request.url}`);
      if (!response.headersSent)
        refuse(response, { status: 500, sentence: 'Millstream failed; its log says why.' });
      else response.destroy();
    });
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: RequestOptions,
): Promise<void> {
  const wrongHost = refuseHost(request, options.port());
  if (wrongHost) {
    refuse(response, wrongHost);
    return;
  }
  // The path is taken as it was sent: URL would resolve the dots that must be seen.
  const [address = '/'] = (request.url ?? '/').split(/[?#]/, 1);
  if (address === '/session') await answerSession(request, response, options.session);
  else if (request.method !== 'GET' && request.method !== 'HEAD') refuseMethod(response, 'GET, HEAD');
  else if (options.devServer) {
    response.setHeader('content-security-policy', devContentPolicy);
    options.devServer.handle(request, response);
  } else await answerFile(request, response, address, options.webRoot);
}

async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
  webRoot: string,
): Promise<void> {
  const file = await readStaticFile(webRoot, address);
  if (!file) {
    refuse(response, address === '/' ? notBuilt : nothingThere);
    return;
  }
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': file.bytes.length,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

const notBuilt: Refusal = {
  status: 503,
  sentence: 'The user interface is not built yet: run "npm run build" and open this again.',
};

async function answerSession(
  request: IncomingMessage,
  response: ServerResponse,
  session: Session,
): Promise<void> {
  if (request.method === 'GET') {
    if (!session.accepts(request.headers.cookie)) refuse(response, notSignedIn);
    else response.writeHead(204, { 'cache-control': 'no-store' }).end();
    return;
  }
  if (request.method !== 'POST') {
    refuseMethod(response, 'GET, POST');
    return;
  }
  const foreign = refuseOrigin(request);
  if (foreign) {
    refuse(response, foreign);
    return;
  }
  const token = await readToken(request);
  if (typeof token !== 'string') {
    refuse(response, token);
    return;
  }
  const cookie = session.exchange(token);
  if (cookie === null) refuse(response, notSignedIn);
  else response.writeHead(204, { 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
}

async function readToken(request: IncomingMessage): Promise<string | Refusal> {
  if (request.headers['content-type'] !== 'application/json') {
    return { status: 415, sentence: 'The token must be sent as application/json.' };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > mostBodyBytes) return { status: 413, sentence: 'This is too much for a token.' };
    chunks.push(part);
  }
  const parsed = Exchange.safeParse(parseJson(Buffer.concat(chunks).toString('utf8')));
  return parsed.success ? parsed.data.token : { status: 400, sentence: 'This is not a token.' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function refuseMethod(response: ServerResponse, allow: string): void {
  response.setHeader('allow', allow);
  refuse(response, { status: 405, sentence: `Only ${allow} can be used here.` });
}

function refuse(response: ServerResponse, { status, sentence }: Refusal): void {
  const closing = status === 413 ? { connection: 'close' } : {};
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...closing,
  });
  response.end(`${sentence}\n`);
}
