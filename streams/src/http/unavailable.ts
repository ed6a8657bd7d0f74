import { InvalidStateStoreError, SerializationError } from '../errors.ts';
import { HttpError } from './http-service.ts';

/** A part of a store cannot be read now; another instance may have it. The message has no full stop. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** Runs a read of stores that are here. */
export function readLocally<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidStateStoreError) throw new UnavailableError(error.message.replace(/\.$/, ''));
    if (error instanceof SerializationError) throw new HttpError(400, error.message);
    throw error;
  }
}
