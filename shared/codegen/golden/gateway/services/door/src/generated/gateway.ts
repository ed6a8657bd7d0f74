// Made by Millstream from design.millstream.json (ac5d8f7fe5eb). Do not edit: it is written again each time.

import { checkVisitor, topics, type Visitor } from '@gateway/events';
import { checkBody, readRow, type RecordProducer, write } from '@gateway/runtime';
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
  http.route('GET', '/visitors/{id}', ({ params }) => {
    const row = readRow<Visitor>(streams, 'present', params.id);
    return { body: { name: row.name } };
  });
}
