import type { IncomingMessage } from 'node:http';

/** Why a request is not answered: a status and one sentence. */
export interface Refusal {
  readonly status: number;
  readonly sentence: string;
}

/**
 * A page of a foreign name that was made to lead here (DNS rebinding) tells its own name in Host: that is how it is
 * caught, because its Origin would be equal to it.
 */
export function refuseHost(request: IncomingMessage, port: number): Refusal | null {
  const { host } = request.headers;
  if (host === `127.0.0.1:${port}` || host === `localhost:${port}`) return null;
  return { status: 421, sentence: `This is Millstream; open it as http://127.0.0.1:${port}/.` };
}

/** A page elsewhere that calls this host tells where it is from in Origin; without one it is no page of ours. */
export function refuseOrigin(request: IncomingMessage): Refusal | null {
  if (request.headers.origin === `http://${request.headers.host}`) return null;
  return { status: 403, sentence: 'Millstream takes this from its own page only.' };
}

export const notSignedIn: Refusal = {
  status: 401,
  sentence:
    'This address was used already, or is incomplete: open it in the browser that used it first, ' +
    'or stop Millstream and start it again for a new address.',
};

export const nothingThere: Refusal = { status: 404, sentence: 'There is nothing at this address.' };
