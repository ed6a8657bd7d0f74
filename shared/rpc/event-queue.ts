import { weigh } from './plain-data.ts';

/** Events that may be on their way and not yet acknowledged, for each subscription. */
export const eventWindow = 32;
/** Events that may wait on the host when a subscription has no way to merge them. */
export const eventQueueLimit = 256;

export interface EventQueue {
  push(event: unknown): void;
  /** The listener has dealt with so many events. */
  acknowledge(events: number): void;
  /** Calls `done` when all that was pushed is sent; later pushes are ignored. */
  end(done: () => void): void;
}

export interface EventQueueOptions {
  readonly merge: ((older: unknown, newer: unknown) => unknown) | undefined;
  readonly send: (event: unknown) => void;
  /** More waits than may wait; nothing is sent after this. */
  readonly overflow: () => void;
  readonly sizeLimit: number;
}

/**
 * The host's side of one subscription. While there is credit, events are sent at once; without credit they wait: as
 * one event where they can be merged, otherwise in a queue bounded in number and in bytes.
 */
export function createEventQueue(options: EventQueueOptions): EventQueue {
  const waiting: { readonly event: unknown; readonly bytes: number }[] = [];
  let credit = eventWindow;
  let waitingBytes = 0;
  let finish: (() => void) | null = null;
  let closed = false;

  const wait = (event: unknown) => {
    const last = waiting.at(-1);
    if (options.merge && last) {
      waiting[waiting.length - 1] = { event: options.merge(last.event, event), bytes: 0 };
      return;
    }
    const weight = options.merge ? 0 : weigh(event, options.sizeLimit);
    const bytes = typeof weight === 'number' ? weight : options.sizeLimit + 1;
    waiting.push({ event, bytes });
    waitingBytes += bytes;
    if (waiting.length <= eventQueueLimit && waitingBytes <= options.sizeLimit) return;
    closed = true;
    waiting.length = 0;
    options.overflow();
  };

  const flush = () => {
    while (!closed && credit > 0) {
      const next = waiting.shift();
      if (!next) break;
      waitingBytes -= next.bytes;
      credit -= 1;
      options.send(next.event);
    }
    if (closed || waiting.length > 0 || !finish) return;
    closed = true;
    finish();
  };

  return {
    push(event) {
      if (closed || finish) return;
      if (credit === 0 || waiting.length > 0) {
        wait(event);
        return;
      }
      credit -= 1;
      options.send(event);
    },
    acknowledge(events) {
      credit = Math.min(eventWindow, credit + events);
      flush();
    },
    end(done) {
      finish ??= done;
      flush();
    },
  };
}
