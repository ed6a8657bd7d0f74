import { assertNever } from '#shared/base/assert-never.ts';
import type { StoreContent, StoreDetail } from '#shared/contract/inspect.ts';
import { formatInstant } from './record-times.ts';

export const storeKindWords: Readonly<Record<StoreContent['kind'], string>> = {
  keyValue: 'Key-value',
  window: 'Window',
  session: 'Session',
  versioned: 'Versioned',
  suppress: 'Suppressed results',
  subscription: 'Foreign-key subscriptions',
  outerJoin: 'Join without partner',
  graceBuffer: 'Waiting for a table',
};

/** The column of an entry's times: of windows, or of versions. */
export function timesTitle(kind: StoreContent['kind']): string {
  return kind === 'versioned' ? 'Valid' : 'Window';
}

/** What is known of an entry beside key and value, on one line. */
export function storeDetailText(detail: StoreDetail): string {
  switch (detail.of) {
    case 'heldBack':
      return `held back, waits from ${formatInstant(detail.waitsFrom)}`;
    case 'waitsForPartner':
      return `${detail.side} side, without a partner yet`;
    case 'subscribes':
      return detail.partition === null
        ? 'row that points to the key'
        : `row that points to the key, of partition ${detail.partition}`;
    default:
      return assertNever(detail, 'store detail');
  }
}

/** Why a scan ended before the end of the changelog, and what to do; null when it did not. */
export const scanStopWords: Readonly<Record<StoreContent['stopped'], string | null>> = {
  end: null,
  'scan-limit': 'The scan stopped at its limit, so later changes are missing. Filter to narrow it.',
  'time-limit': 'The scan ran out of time, so later changes are missing. Refresh to try again.',
  cancelled: 'The scan was cancelled, so later changes are missing. Refresh to read all.',
};
