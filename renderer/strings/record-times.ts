/**
 * How long before now, short enough for a column: `now`, `12 s`, `4 min`, `3 h`, `2 d`; ahead of now: `in 5
 * s`.
 */
export function formatAge(then: number, now: number): string {
  const ms = now - then;
  if (Math.abs(ms) < 1_000) {
    return 'now';
  }
  const span = formatSpan(Math.abs(ms));
  return ms < 0 ? `in ${span}` : span;
}

/** A time of day to the second, on a 24-hour clock in the reader's zone: `14:03:22`. */
export function formatClock(at: number): string {
  return parts(at).slice(3).map(twoDigits).join(':');
}

/** The whole time in the reader's zone, to the millisecond: `2026-11-23 14:03:22.125`. */
export function formatInstant(at: number): string {
  const [year = 0, month = 0, day = 0] = parts(at);
  const ms = String(new Date(at).getMilliseconds()).padStart(3, '0');
  return `${year}-${twoDigits(month)}-${twoDigits(day)} ${formatClock(at)}.${ms}`;
}

/** For a field of type `datetime-local`, which has no zone: `2026-11-23T14:03:22`. */
export function toLocalInput(at: number): string {
  const [year = 0, month = 0, day = 0] = parts(at);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}T${formatClock(at)}`;
}

/** One unit, rounded down: `12 s`, `4 min`, `3 h`, `2 d`. */
export function formatSpan(ms: number): string {
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 90) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

function parts(at: number): readonly number[] {
  const date = new Date(at);
  return [
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ];
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
