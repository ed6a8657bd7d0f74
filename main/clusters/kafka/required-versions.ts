/** The requests that are sent, with the one version of each that is spoken: together they need Kafka 3.0 or newer. */
const spoken: readonly { readonly apiKey: number; readonly name: string; readonly version: number }[] = [
  { apiKey: 0, name: 'Produce', version: 9 },
  { apiKey: 1, name: 'Fetch', version: 12 },
  { apiKey: 2, name: 'ListOffsets', version: 6 },
  { apiKey: 3, name: 'Metadata', version: 9 },
  { apiKey: 9, name: 'OffsetFetch', version: 8 },
  { apiKey: 10, name: 'FindCoordinator', version: 4 },
  { apiKey: 15, name: 'DescribeGroups', version: 5 },
  { apiKey: 19, name: 'CreateTopics', version: 5 },
  { apiKey: 32, name: 'DescribeConfigs', version: 4 },
];

export interface VersionRange {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

/** Why this broker cannot be talked to, in one sentence; null when it can. */
export function findVersionProblem(broker: string, ranges: readonly VersionRange[]): string | null {
  for (const { apiKey, name, version } of spoken) {
    const range = ranges.find((one) => one.apiKey === apiKey);
    if (!range || range.maxVersion < version) {
      return `The broker at ${broker} is older than Kafka 3.0 (it has no ${name} v${version}): connect to a newer one.`;
    }
    if (range.minVersion > version) {
      return `The broker at ${broker} no longer speaks ${name} v${version}: a newer version of this tool is needed.`;
    }
  }
  return null;
}
