import type { StoreContent } from '#shared/contract/inspect.ts';
import { counted, formatCount } from '../../strings/counts.ts';

const mostTold = 4;

/** As of which changelog offsets the content is, short enough for a line. */
export function asOfWords(asOf: StoreContent['asOf']): string {
  const [first] = asOf;
  if (first === undefined) {
    return 'State as of an empty changelog';
  }
  if (asOf.length === 1) {
    return `State as of changelog offset ${formatCount(first.offset)}`;
  }
  const offsets = asOf.slice(0, mostTold).map(({ offset }) => formatCount(offset));
  const more = asOf.length > mostTold ? ` and ${counted(asOf.length - mostTold, 'more partition')}` : '';
  return `State as of changelog offsets ${offsets.join(' · ')}${more}`;
}

/** The same, a line for each partition. */
export function asOfLines(asOf: StoreContent['asOf']): string {
  return asOf
    .map(({ partition, offset, end }) => {
      const rest = offset < end ? `, ${formatCount(end - offset)} before its end` : '';
      return `Partition ${partition}: offset ${formatCount(offset)}${rest}`;
    })
    .join('\n');
}
