import { protocol, type Session } from 'electron';
import { pageHeaders } from '../page-headers.ts';
import { readStaticFile } from '../static-files.ts';
import { isOwnPage, pageScheme } from './own-page.ts';

/** Before the app is ready. Workers and modules need a scheme with an origin, which file:// is not. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built user interface under app://millstream/, and nothing else. */
export function serveAppScheme(session: Session, webRoot: string): void {
  session.protocol.handle(pageScheme, async (request) => answer(request, webRoot));
}

async function answer(request: Request, webRoot: string): Promise<Response> {
  if (!isOwnPage(request.url) || request.method !== 'GET') return refuse(404);
  const file = await readStaticFile(webRoot, new URL(request.url).pathname);
  if (!file) return refuse(404);
  return new Response(new Uint8Array(file.bytes), {
    headers: { ...pageHeaders, 'content-type': file.type, 'cache-control': 'no-cache' },
  });
}

function refuse(status: number): Response {
  return new Response('There is nothing at this address.', {
    status,
    headers: { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' },
  });
}
