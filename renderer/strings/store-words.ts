import type { StoreContent } from '#shared/contract/inspect.ts';

export const storeKindWords: Readonly<Record<StoreContent['kind'], string>> = {
  keyValue: 'Key-value',
  window: 'Window',
  session: 'Session',
};

/** Why a scan ended before the end of the changelog, and what to do; null when it did not. */
export const scanStopWords: Readonly<Record<StoreContent['stopped'], string | null>> = {
  end: null,
  'scan-limit': 'The scan stopped at its limit, so later changes are missing. Filter to narrow it.',
  'time-limit': 'The scan ran out of time, so later changes are missing. Refresh to try again.',
  cancelled: 'The scan was cancelled, so later changes are missing. Refresh to read all.',
};
