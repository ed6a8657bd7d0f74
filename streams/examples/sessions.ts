import { Serdes, SessionWindows, StreamsBuilder, sessionWindowedSerde } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';

const text = Serdes.string();
const builder = new StreamsBuilder();

builder
  .stream('clicks', { key: text, value: text })
  .groupByKey()
  .windowedBy(SessionWindows.ofInactivityGapAndGrace(30_000, 60_000))
  .aggregate<string[]>(
    () => [],
    (_user, page, pages) => [...pages, page],
    (_user, one, two) => [...one, ...two],
    { name: 'sessions', value: Serdes.json<string[]>() },
  )
  .toStream()
  .to('pages-per-session');

const driver = new TopologyTestDriver(builder.build());
const clicks = driver.createInputTopic('clicks', text, text);
clicks.pipeInput('ada', '/', { timestamp: 0 });
clicks.pipeInput('ada', '/pay', { timestamp: 50_000 });
clicks.pipeInput('ada', '/cart', { timestamp: 25_000 }); // joins the two sessions

const results = driver.createOutputTopic(
  'pages-per-session',
  sessionWindowedSerde(text),
  Serdes.json<string[]>(),
);
for (const [session, pages] of results.readKeyValues()) {
  if (session === null) continue;
  const { start, end } = session.window;
  console.log(
    `${session.key} ${start / 1000}-${end / 1000} s: ${pages === null ? 'deleted' : pages.join(' ')}`,
  );
}
driver.close();
