import { RpcError } from '#shared/rpc/define-contract.ts';

/** The code of a failed system call (`ENOENT`), or null for any other failure. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

export function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** A failed system call as one sentence for the user; anything else is not for the user, and comes back as it is. */
export function toFileProblem(error: unknown, what: string, path: string): unknown {
  const code = systemCode(error);
  if (code === null || error instanceof RpcError) return error;
  const data = { path, system: code };
  if (isMissing(error))
    return new RpcError('not-found', `${path} is not there, so it cannot be ${what}.`, data);
  const reason = reasons[code];
  if (!reason) return new RpcError('refused', `${path} cannot be ${what}: the system says ${code}.`, data);
  return new RpcError('refused', `${path} cannot be ${what}: ${reason}.`, data);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you do not have the permission',
  EPERM: 'you do not have the permission',
  EROFS: 'it lies on a disk that is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
};
