// Made by Millstream from design.millstream.json (82125ad60953). Do not edit: it is written again each time.

import type { HttpService } from '@millstream/streams';
import { checkNewOrder, type NewOrder, topics } from '@orders/events';
import { checkBody, type RecordProducer, write } from '@orders/runtime';

/** What the service answers over HTTP. */
export function addRoutes(
  http: HttpService,
  { producer }: { readonly producer: RecordProducer },
): void {
  // Place an order
  http.route('POST', '/orders', async (request) => {
    const body = checkBody<NewOrder>(request.body, checkNewOrder);
    const record = () => ({
      key: body.id,
      value: {
        id: body.id,
        customerId: body.customerId,
        state: 'CREATED',
        product: body.product,
        quantity: body.quantity,
        priceCents: body.priceCents,
      },
    });
    return write(
      producer,
      topics.orders,
      record,
      (key) => `/orders/${encodeURIComponent(String(key))}`,
    );
  });
}
