import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer } from './answer.ts';
import type { FiledCase } from './case-files.ts';
import type { ResolvedCase } from './case-scope.ts';

const RECORDED = path.join(import.meta.dirname, 'recorded');

interface Recorded {
  readonly case: string;
  /** Of the case it answers; another one means that the case was changed since. */
  readonly digest: string;
  readonly answer: Answer;
}

/** What Kafka Streams answered when `--record` was last run, by file of the case. */
export function readRecordedAnswers(): Map<string, Recorded> {
  const lines = readdirSync(RECORDED)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(path.join(RECORDED, name), 'utf8').split('\n'));
  const answers = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Recorded);
  return new Map(answers.map((answer) => [answer.case, answer]));
}

/** The recorded answer of a case; a sentence when there is none, or one for an older version of it. */
export function recordedAnswer(answers: ReadonlyMap<string, Recorded>, filed: FiledCase): Answer | string {
  const recorded = answers.get(filed.file);
  const renew = 'run npm run conformance -- --record';
  if (recorded === undefined) return `no answer is recorded for ${filed.file}: ${renew}`;
  if (recorded.digest !== digestOf(filed.found)) return `${filed.file} was changed since: ${renew}`;
  return recorded.answer;
}

/** Writes the answers anew, a file for each folder of cases. */
export function writeRecordedAnswers(
  answered: readonly { readonly filed: FiledCase; readonly answer: Answer }[],
): void {
  rmSync(RECORDED, { recursive: true, force: true });
  mkdirSync(RECORDED);
  const lines = new Map<string, string[]>();
  for (const { filed, answer } of answered) {
    const folder = path.posix.dirname(filed.file);
    const recorded: Recorded = { case: filed.file, digest: digestOf(filed.found), answer };
    lines.set(folder, [...(lines.get(folder) ?? []), JSON.stringify(recorded)]);
  }
  for (const [folder, each] of lines) {
    writeFileSync(path.join(RECORDED, `${folder}.ndjson`), `${each.join('\n')}\n`);
  }
}

function digestOf(found: ResolvedCase): string {
  const { clock, emitInterval, topology, input } = found;
  const text = JSON.stringify({ clock, emitInterval, topology, input });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
