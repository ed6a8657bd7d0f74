import { LocalKafkaError } from './local-kafka-error.ts';

const KNOWN: ReadonlyArray<readonly [pattern: RegExp, toSentence: (match: RegExpExecArray) => string]> = [
  [
    /failed to bind to (\S+?): Address already in use/i,
    ([, address]) =>
      `Kafka did not start because ${address} is taken by another program: end it or choose other ports.`,
  ],
  [
    /Could not reserve enough space|Java heap space|insufficient memory/i,
    () =>
      'Kafka did not start because memory is short: end other programs or give the broker another heap size.',
  ],
  [
    /No space left on device/i,
    () => 'Kafka did not start because the disk is full: free some space and try again.',
  ],
];

/** Turns a broker's log into an error of one sentence. */
export function describeBrokerFailure(log: string, circumstance: string): LocalKafkaError {
  for (const [pattern, toSentence] of KNOWN) {
    const match = pattern.exec(log);
    if (match) return new LocalKafkaError(toSentence(match));
  }
  return new LocalKafkaError(`Kafka did not start, ${circumstance}: ${findReason(log)}`);
}

export function isPortTaken(error: unknown): boolean {
  return error instanceof LocalKafkaError && error.message.includes('is taken by another program');
}

function findReason(log: string): string {
  const lines = log
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at |^\s*\.\.\. \d+ more/.test(line));
  const causes = lines.filter((line) => /^Caused by: |Exception|^Error|\bERROR\b|\bFATAL\b/.test(line));
  return (causes.at(-1) ?? lines.at(-1) ?? 'its log is empty').replace(/^Caused by: /, '').trim();
}
