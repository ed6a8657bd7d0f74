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

/** The error of a protocol code; null for 0. */
export function protocolError(code: number): Error | null {
  return code === 0 ? null : kafkaInternals().errorFromCode(code);
}

/** Throws the error of a protocol code, unless it is 0. */
export function assertNoError(code: number): void {
  const error = protocolError(code);
  if (error !== null) throw error;
}
