/** The name closest to what was written, when it is close enough to be what was meant. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - written.length) >= bestDistance + 2) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    const near = distance < bestDistance || isBeginning(written, name);
    if (near && (best === undefined || distance < bestDistance)) {
      best = name;
      bestDistance = Math.min(bestDistance, distance);
    }
  }
  return best;
}

/** “; did you mean x?”, or nothing. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const name = nearestName(written, names);
  return name === undefined ? '' : `; did you mean ${name}?`;
}

function isBeginning(written: string, name: string): boolean {
  return written.length >= 3 && name.toLowerCase().startsWith(written.toLowerCase());
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const swap = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
