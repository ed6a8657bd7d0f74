// Made by Millstream from design.millstream.json (14ae568aa548). Do not edit: it is written again each time.

import type { HttpService, KafkaStreams } from '@millstream/streams';
import { readRow } from '@windows-and-tables/runtime';

/** What the service answers over HTTP. */
export function addRoutes(
  http: HttpService,
  { streams }: { readonly streams: KafkaStreams },
): void {
  // Ask
  http.route('GET', '/everybody/{id}', async ({ params, signal }) => {
    const row = await readRow<string>(streams, 'everybody', params.id, signal);
    return { body: row };
  });
}
