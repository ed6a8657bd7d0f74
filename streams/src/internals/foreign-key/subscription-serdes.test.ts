import { expect, test } from 'vitest';
import { Serdes } from '../../serdes.ts';
import { answerSerde, INSTRUCTION, subscriptionSerde } from './subscription-serdes.ts';

const subscriptions = subscriptionSerde(Serdes.string());
const answers = answerSerde(Serdes.string());
const hash = Buffer.from('4465e0e51c72a8811a7011c2af8b1fcf', 'hex');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('subscriptions have the bytes of Kafka Streams', () => {
  const value = { hash, instruction: INSTRUCTION.subscribe, primaryKey: 'a', primaryPartition: 7 };
  expect(hex(subscriptions.serialize(value))).toBe('01034465e0e51c72a8811a7011c2af8b1fcf6100000007');
  expect(subscriptions.deserialize(subscriptions.serialize(value))).toEqual(value);
  const gone = { ...value, hash: null, instruction: INSTRUCTION.unsubscribeAndAnswer };
  expect(hex(subscriptions.serialize(gone))).toBe('81016100000007');
  expect(subscriptions.deserialize(subscriptions.serialize(gone))).toEqual(gone);
});

test('subscriptions of applications before Kafka 3.4 have no partition', () => {
  const read = subscriptions.deserialize(Buffer.from('800261', 'hex'));
  expect(read).toEqual({ hash: null, instruction: 2, primaryKey: 'a', primaryPartition: null });
});

test('answers have the bytes of Kafka Streams', () => {
  const value = { hash, foreignValue: 'P1', primaryPartition: 3 };
  expect(hex(answers.serialize(value))).toBe('004465e0e51c72a8811a7011c2af8b1fcf5031');
  expect(answers.deserialize(answers.serialize(value))).toEqual({ ...value, primaryPartition: null });
  const nothing = { hash: null, foreignValue: null, primaryPartition: null };
  expect(hex(answers.serialize(nothing))).toBe('80');
  expect(answers.deserialize(answers.serialize(nothing))).toEqual(nothing);
});

test('what a later version wrote, or nobody, is refused', () => {
  expect(() => subscriptions.deserialize(Buffer.from('820261', 'hex'))).toThrow('version 2');
  expect(() => subscriptions.deserialize(Buffer.from('810961', 'hex'))).toThrow('instruction 9');
  expect(() => subscriptions.deserialize(Buffer.from('0102', 'hex'))).toThrow('too short');
  expect(() => answers.deserialize(Buffer.from('8161', 'hex'))).toThrow('version 1');
});
