import type { LocalPart } from '../kafka/store-parts.ts';
import { LAG_HEADER, STALE_HEADER } from './peer-request.ts';

/** How far behind an answer may be. */
export interface Freshness {
  readonly stale: boolean;
  /** Records; null when that is not known. */
  readonly lag: number | null;
}

export function freshnessOf({ behind }: LocalPart): Freshness {
  if (behind === null) return { stale: false, lag: 0 };
  return { stale: true, lag: behind < 0 ? null : behind };
}

/** As another instance told it in its headers. */
export function parseFreshness(stale: string | null, lag: string | null): Freshness {
  if (stale === null) return { stale: false, lag: 0 };
  return { stale: true, lag: lag === null ? null : Number(lag) };
}

/** Of an answer made of several parts: the lags are added up. */
export function freshnessOfAll(parts: readonly Freshness[]): Freshness {
  const unknown = parts.some(({ lag }) => lag === null);
  return {
    stale: parts.some(({ stale }) => stale),
    lag: unknown ? null : parts.reduce((sum, { lag }) => sum + (lag ?? 0), 0),
  };
}

export function freshnessHeaders({ stale, lag }: Freshness): Record<string, string> {
  if (!stale) return {};
  return { [STALE_HEADER]: 'true', ...(lag === null ? {} : { [LAG_HEADER]: String(lag) }) };
}
