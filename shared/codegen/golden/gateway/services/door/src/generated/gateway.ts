// Made by Millstream from design.millstream.json (4e266ee43b78). Do not edit: it is written again each time.

import { checkVisitor, topics, type Visitor } from '@gateway/events';
import { awaitRow, checkBody, readRow, type RecordProducer, write } from '@gateway/runtime';
import type { HttpService, KafkaStreams } from '@millstream/streams';

/** What the service answers over HTTP. */
export function addRoutes(
  http: HttpService,
  { producer, streams }: { readonly producer: RecordProducer; readonly streams: KafkaStreams },
): void {
  // Enter
  http.route('PUT', '/visitors/{id}', async (request) => {
    const body = checkBody<Visitor>(request.body, checkVisitor);
    const { params } = request;
    const record = () => ({ key: params.id, value: body });
    return write(
      producer,
      topics.visitors,
      record,
      () => `/visitors/${encodeURIComponent(params.id)}`,
    );
  });

  // Ask
  http.route('GET', '/visitors/{id}', async ({ params, signal }) => {
    const row = await readRow<Visitor>(streams, 'present', params.id, signal);
    return { body: { name: row.name } };
  });

  // Once the name is known
  http.route('GET', '/visitors/{id}/name', async ({ params, signal }) => {
    const key = params.id;
    const row = await awaitRow<Visitor>(streams, 'present', key, {
      until: (visitor) => visitor.name !== '?',
      timeoutMs: 20_000,
      signal,
    });
    return { body: row };
  });
}
