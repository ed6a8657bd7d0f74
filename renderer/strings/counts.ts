/** A count with its noun: `1 topic`, `12 topics`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A whole number with thin gaps between thousands. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** Records a second, short enough for an edge: `0.4/s`, `12/s`, `3.1k/s`. */
export function formatRate(rate: number): string {
  if (rate === 0) {
    return '0/s';
  }
  if (rate < 10) {
    return `${Number(rate.toFixed(1))}/s`;
  }
  return rate < 1_000 ? `${Math.round(rate)}/s` : `${Number((rate / 1_000).toFixed(1))}k/s`;
}

/** A lag in time: `caught up`, `2 min behind`. */
export function formatBehind(lagMs: number): string {
  if (lagMs < 1_000) {
    return 'caught up';
  }
  const seconds = lagMs / 1_000;
  if (seconds < 90) {
    return `${Math.round(seconds)} s behind`;
  }
  const minutes = seconds / 60;
  if (minutes < 90) {
    return `${Math.round(minutes)} min behind`;
  }
  const hours = minutes / 60;
  return hours < 48 ? `${Math.round(hours)} h behind` : `${Math.round(hours / 24)} d behind`;
}

/** How long ago, in the unit that matters: `just now`, `5 min ago`, `3 d ago`. */
export function formatAgo(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1_000);
  if (seconds < 45) {
    return 'just now';
  }
  if (seconds < 5_400) {
    return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  }
  const hours = seconds / 3_600;
  return hours < 36 ? `${Math.round(hours)} h ago` : `${Math.round(hours / 24)} d ago`;
}
