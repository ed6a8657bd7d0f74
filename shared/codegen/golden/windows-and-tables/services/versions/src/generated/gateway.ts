// Made by Millstream from design.millstream.json (ce4f30dc84cb). Do not edit: it is written again each time.

import type { HttpService, KafkaStreams } from '@millstream/streams';
import type { Person } from '@windows-and-tables/events';
import { readRow } from '@windows-and-tables/runtime';

/** What the service answers over HTTP. */
export function addRoutes(
  http: HttpService,
  { streams }: { readonly streams: KafkaStreams },
): void {
  // Ask
  http.route('GET', '/homes/{id}', async ({ params, signal }) => {
    const row = await readRow<Person>(streams, 'homes', params.id, signal);
    return { body: { city: row.city } };
  });
}
