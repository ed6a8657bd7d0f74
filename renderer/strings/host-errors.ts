import { RpcError, type RpcErrorCode } from '#shared/rpc/define-contract.ts';

/** What to do next, by the host's reason; the host's own sentence says what is wrong and where. */
const advice: Readonly<Record<RpcErrorCode, string>> = {
  'bad-input': 'Check what was entered and try again.',
  'not-found': 'It may have been moved or renamed. Choose another file.',
  conflict: 'The file was changed by another program.',
  refused: 'Change what the message names and try again.',
  unsupported: 'This host cannot do that.',
  'cluster-unreachable': 'Check the address and that the cluster is running.',
  'timed-out': 'Try again; if it happens often, look at the load of the cluster.',
  cancelled: 'Nothing was changed.',
  'too-large': 'Narrow the question and try again.',
  disconnected: 'The connection to the host is lost. Nothing you drew is lost; connect again to save.',
  internal: 'This is a fault in Millstream. Nothing you drew is lost; try again.',
};

export interface FailureWords {
  readonly title: string;
  readonly text: string;
}

/** A failed call in words for a person. */
export function failureWords(doing: string, error: unknown): FailureWords {
  if (error instanceof RpcError) {
    return { title: `${doing} failed`, text: `${error.message} ${advice[error.code]}` };
  }
  return { title: `${doing} failed`, text: error instanceof Error ? error.message : String(error) };
}
