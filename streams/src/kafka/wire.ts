import { type Access, nameRefusal } from './access.ts';
import type { BytesWriter } from './bytes-writer.ts';
import { kafkaInternals, type RawRequest } from './kafkajs-internals.ts';

/** A request whose body is written here, sent over KafkaJS's connections. */
export function rawRequest<T extends object>(
  api: { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string },
  body: BytesWriter,
  decode: (payload: Buffer) => T,
  requestTimeout?: number,
): RawRequest {
  return {
    request: { ...api, encode: async () => kafkaInternals().createEncoder().writeBuffer(body.toBuffer()) },
    response: { decode: async (payload) => decode(payload), parse: async (decoded) => decoded },
    ...(requestTimeout === undefined ? {} : { requestTimeout }),
    logResponseError: false,
  };
}

/** The error of a protocol code, null for 0; a refusal names what the request needed. */
export function protocolError(code: number, ...needed: readonly Access[]): Error | null {
  return code === 0 ? null : nameRefusal(kafkaInternals().errorFromCode(code), needed);
}

/** Throws the error of a protocol code, unless it is 0. */
export function assertNoError(code: number, ...needed: readonly Access[]): void {
  const error = protocolError(code, ...needed);
  if (error !== null) throw error;
}
