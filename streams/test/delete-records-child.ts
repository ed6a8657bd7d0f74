import { KafkaJudge } from './kafka-judge.ts';

/** Cuts a topic while the process that started this one waits: `bootstrap topic offset`. */
const [bootstrap = '', topic = '', offset = '0'] = process.argv.slice(2);
const judge = await KafkaJudge.connect(bootstrap.split(','));
await judge.deleteRecords(topic, Number(offset));
await judge.close();
