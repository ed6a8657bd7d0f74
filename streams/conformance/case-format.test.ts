import { expect, test } from 'vitest';
import { CaseError } from './case-error.ts';
import { readAllCases } from './case-files.ts';
import { caseSchema } from './case-format.ts';
import { readCaseSchema } from './case-schema-file.ts';
import { CHECKLIST } from './checklist.ts';
import { parseCase } from './read-case.ts';
import { readmeTables, readReadmeTable } from './readme-tables.ts';

test('the published schema is that of the format', () => {
  expect(readCaseSchema()).toEqual(JSON.parse(JSON.stringify(caseSchema())));
});

test('each case covers a line of the checklist, and each line is covered', () => {
  const cases = readAllCases();
  const lines = CHECKLIST.map(({ line }) => line);
  expect(cases.filter(({ found }) => !lines.includes(found.covers)).map(({ file }) => file)).toEqual([]);
  const covered = new Set(cases.map(({ found }) => found.covers));
  const open = CHECKLIST.filter(({ line, elsewhere }) => elsewhere === undefined && !covered.has(line));
  expect(open).toEqual([]);
  expect(new Set(cases.map(({ found }) => found.name)).size).toBe(cases.length);
});

test('the tables in the README are those of the format and the cases', () => {
  for (const [begin, table] of readmeTables(readAllCases())) expect(readReadmeTable(begin)).toBe(table);
});

test("a case of one's own needs no line of the checklist", () => {
  const { covers: _covers, ...own } = base;
  expect(parseCase(own).covers).toBe('a case of its own');
});

const words = { op: 'stream', as: 'words', topics: ['in'], key: 'string', value: 'string' };
const base = { name: 'a case', covers: 'nothing', topology: [words], input: [] };

test.each([
  [{ ...base, topology: [] }, /^topology: /],
  [{ ...base, topology: [{ op: 'stream', as: 'x' }] }, /^topology\[0\]\.topics: .*case\.schema\.json/],
  [{ ...base, topology: [{ op: 'jump' }] }, /^topology\[0\]\.op: /],
  [
    { ...base, topology: [{ ...words, topic: 'in' }] },
    /^topology\[0\]: Unrecognized key: "topic"; "stream" takes as, topics, key, value, \[timestamps\]/,
  ],
  [
    { ...base, topology: [words, { op: 'to', from: 'word', topic: 'out' }] },
    /there is no "word" before this step/,
  ],
  [
    { ...base, topology: [words, { op: 'count', from: 'words', as: 'c', store: 's' }] },
    /"words" is a stream; this/,
  ],
  [
    { ...base, topology: [words, { op: 'mapValues', from: 'words', as: 'words', with: { fn: 'same' } }] },
    /earlier/,
  ],
  [
    {
      ...base,
      topology: [words, { op: 'mapValues', from: 'words', as: 'm', with: { fn: 'add', number: 1 } }],
    },
    /topology\[1\] \(mapValues\): "add" takes a value that is a long, not a string/,
  ],
  [
    { ...base, topology: [words, { ...words, as: 'numbers', value: 'long' }] },
    /^topology\[1\] \(stream\): an earlier step reads the topic "in" with other types/,
  ],
  [
    { ...base, input: [{ topic: 'other', key: 'a', value: 'b', at: 1 }] },
    /^input\[0\]: no step reads .*"other"/,
  ],
  [{ ...base, input: [{ topic: 'in', key: 'a', value: 5, at: 1 }] }, /^input\[0\]: the value of topic "in"/],
  [{ ...base, input: [{ topic: 'in', key: 'a', value: 'b', at: -1 }] }, /^input\[0\]/],
  [
    {
      ...base,
      topology: [
        words,
        { op: 'toTable', from: 'words', as: 'one', store: 'rows' },
        { op: 'toTable', from: 'words', as: 'two', store: 'rows' },
      ],
    },
    /^topology\[2\] \(toTable\): the name "rows" is that of an earlier step/,
  ],
  [{ ...base, input: [{ topic: 'in', key: 'a', value: 'b' }] }, /^input\[0\]\.at: /],
  [{ ...base, more: 1 }, /^the case: Unrecognized key: "more"/],
  ['text', /^the case: /],
])('a bad case is answered by one sentence: %#', (content, sentence) => {
  expect(() => parseCase(content)).toThrow(CaseError);
  expect(() => parseCase(content)).toThrow(sentence);
});
