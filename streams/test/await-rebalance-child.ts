import { eventually, KafkaJudge } from './kafka-judge.ts';

/** Ends when a group waits for its members to join again: `bootstrap group`. */
const [bootstrap = '', group = ''] = process.argv.slice(2);
const judge = await KafkaJudge.connect(bootstrap.split(','));
await eventually('a rebalance', async () => (await judge.groupState(group)) === 'PreparingRebalance');
await judge.close();
