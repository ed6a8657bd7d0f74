const key = 'millstream.recent-clusters';
const most = 8;

/** The addresses that a connection was made to, the latest first; a damaged memory counts as none. */
export function readRecentAddresses(storage: Pick<Storage, 'getItem'>): readonly string[] {
  try {
    const remembered: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(remembered)
      ? remembered.filter((each): each is string => typeof each === 'string').slice(0, most)
      : [];
  } catch {
    return [];
  }
}

export function writeRecentAddresses(storage: Pick<Storage, 'setItem'>, addresses: readonly string[]): void {
  storage.setItem(key, JSON.stringify(addresses));
}

/** The list with this address in front. */
export function withRecentAddress(addresses: readonly string[], latest: string): readonly string[] {
  return [latest, ...addresses.filter((each) => each !== latest)].slice(0, most);
}
