import { z } from 'zod';
import { RpcError, rpcErrorCodes } from './define-contract.ts';

/** Chosen by the client, unique on its pipe while the call or the subscription lasts. */
const Id = z.number().int().min(1);
const Name = z.string().min(1).max(200);

const WireError = z.strictObject({
  code: z.enum(rpcErrorCodes),
  message: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
type WireError = z.infer<typeof WireError>;

/** What a client says. `ack` gives back credit: so many events more may be sent. */
export const ClientMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id: Id, area: Name, method: Name, input: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id: Id }),
  z.strictObject({ kind: z.literal('listen'), id: Id, area: Name, method: Name, input: z.unknown() }),
  z.strictObject({ kind: z.literal('stop'), id: Id }),
  z.strictObject({ kind: z.literal('ack'), id: Id, events: z.number().int().min(1) }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** What a host says. A failure without an id answers a message of which not even the id could be read. */
export const HostMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id: Id, output: z.unknown() }),
  z.strictObject({ kind: z.literal('event'), id: Id, event: z.unknown() }),
  z.strictObject({ kind: z.literal('end'), id: Id }),
  z.strictObject({ kind: z.literal('failure'), id: Id.nullable(), error: WireError }),
]);
export type HostMessage = z.infer<typeof HostMessage>;

/** The id of a message that is otherwise ill-formed, so that its sender can be told. */
export function readId(message: unknown): number | null {
  const parsed = z.object({ id: Id }).safeParse(message);
  return parsed.success ? parsed.data.id : null;
}

export function toWireError(error: RpcError): WireError {
  return { code: error.code, message: error.message, data: { ...error.data } };
}

export function fromWireError(error: WireError): RpcError {
  return new RpcError(error.code, error.message, error.data);
}

/** The first thing that does not fit, in words: `at "files.0.path": Invalid input …`. */
export function describeMismatch(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'it does not fit';
  const at = issue.path.length > 0 ? `at "${issue.path.map(String).join('.')}": ` : '';
  return `${at}${issue.message}`;
}
