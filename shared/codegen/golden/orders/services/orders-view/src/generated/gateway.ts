// Made by Millstream from design.millstream.json (182fb11df927). Do not edit: it is written again each time.

import type { HttpService, KafkaStreams } from '@millstream/streams';
import type { Order } from '@orders/events';
import { awaitRow, readRow } from '@orders/runtime';

/** What the service answers over HTTP. */
export function addRoutes(
  http: HttpService,
  { streams }: { readonly streams: KafkaStreams },
): void {
  // Read an order
  http.route('GET', '/orders/{id}', async ({ params, signal }) => {
    const row = await readRow<Order>(streams, 'view-orders', params.id, signal);
    return { body: row };
  });

  // Wait for the decision
  http.route('GET', '/orders/{id}/validated', async ({ params, signal }) => {
    const key = params.id;
    const row = await awaitRow<Order>(streams, 'view-orders', key, {
      until: (order) => order.state !== 'CREATED',
      timeoutMs: 30_000,
      signal,
    });
    return { body: row };
  });
}
