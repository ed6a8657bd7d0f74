import type { SandboxInstance } from '#shared/contract/sandbox.ts';
import type { StateWord } from './group-words.ts';

/** The state of an instance in the sandbox, in a word. */
export const instanceWords: Readonly<Record<SandboxInstance['state'], StateWord>> = {
  running: { word: 'running', tone: 'ok', hint: 'It reads its partitions.' },
  rebalancing: { word: 'rebalancing', tone: 'warning', hint: 'It waits until partitions are handed out.' },
  restoring: { word: 'restoring', tone: 'warning', hint: 'It reads its changelogs to fill its stores.' },
  crashed: { word: 'crashed', tone: 'error', hint: 'It was ended without a commit; its group waits for it.' },
  failed: { word: 'failed', tone: 'error', hint: 'An error ended it.' },
};
