// Made by Millstream from design.millstream.json (31b47f6ca1e7). Do not edit: it is written again each time.

import type { ReceiptEmail } from '@orders/events';

/** The functions of `src/handlers`, one file each. When the drawing changes, the compiler shows which to mend. */
export interface Handlers {
  /** “Send the receipt”. */
  sendReceipt(input: {
    readonly key: string;
    readonly value: ReceiptEmail;
    readonly idempotenceKey: string;
  }): void | Promise<void>;
}
