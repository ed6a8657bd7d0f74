const units = [
  { ms: 86_400_000, words: ['d', 'day', 'days'] },
  { ms: 3_600_000, words: ['h', 'hour', 'hours', 'hr'] },
  { ms: 60_000, words: ['min', 'm', 'minute', 'minutes'] },
  { ms: 1_000, words: ['s', 'sec', 'second', 'seconds'] },
  { ms: 1, words: ['ms', 'millisecond', 'milliseconds'] },
] as const;

/** Milliseconds as a person writes them: `5 min`, `1 h 30 min`, `250 ms`. At most the units that matter. */
export function formatDuration(ms: number): string {
  if (ms === 0) {
    return '0 s';
  }
  const parts: string[] = [];
  let rest = ms;
  for (const unit of units) {
    const count = Math.floor(rest / unit.ms);
    if (count > 0) {
      parts.push(`${count} ${unit.words[0]}`);
      rest -= count * unit.ms;
    }
  }
  return parts.join(' ');
}

/** Reads `5 min`, `1 h 30 min`, `90s`, `0`; null when it is not a duration. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  if (/^0+$/.test(trimmed)) {
    return 0;
  }
  if (!/^(\d+(\.\d+)?\s*[a-z]+[\s,]*)+$/.test(trimmed)) {
    return null;
  }
  let total = 0;
  for (const [, amount = '', word = ''] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const unit = units.find((candidate) => (candidate.words as readonly string[]).includes(word));
    if (unit === undefined) {
      return null;
    }
    total += Number(amount) * unit.ms;
  }
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : null;
}
