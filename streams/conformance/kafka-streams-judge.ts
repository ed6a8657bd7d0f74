import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { JudgeError } from '../test/judge-error.ts';
import { prepareJudge } from '../test/prepare-judge.ts';
import type { Answer } from './answer.ts';
import type { ResolvedCase } from './case-scope.ts';

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const SOURCES = path.join(import.meta.dirname, 'java/src');
const MAIN = 'org.millstream.conformance.Main';
const JVM = ['-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
/** Linux keeps this folder in memory: stores open and close much faster there. */
const MEMORY = '/dev/shm';
const NO_JAVA = 'java was not found; install a JDK, version 17 or newer';
const PATIENCE_MS = 60_000;
const QUIET = '-Dorg.slf4j.simpleLogger.defaultLogLevel=off';

/** Kafka Streams 4.3.1 in a JVM that stays open: cases in, answers out, in order. */
export class KafkaStreamsJudge {
  readonly #child: ChildProcess;
  readonly #stateDir: string;
  readonly #waiting: Waiting[] = [];
  readonly #ended: Promise<void>;
  #errors = '';
  #patience: NodeJS.Timeout | undefined;
  #failure: JudgeError | null = null;

  private constructor(child: ChildProcess, stateDir: string) {
    this.#child = child;
    this.#stateDir = stateDir;
    if (child.stdout === null || child.stderr === null) throw new TypeError('The judge needs pipes.');
    createInterface({ input: child.stdout }).on('line', (line) => this.#answered(line));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = `${this.#errors}${text}`.slice(-4000);
    });
    child.stdin?.on('error', () => this.#fail());
    process.once('exit', this.#endAtOnce);
    this.#ended = new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        this.#errors = error.code === 'ENOENT' ? NO_JAVA : error.message;
        resolve(this.#fail());
      });
      child.once('exit', () => resolve(this.#fail()));
    });
  }

  static async start(): Promise<KafkaStreamsJudge> {
    const { java, classPath } = await prepareJudge(SOURCES);
    const stateDir = await mkdtemp(path.join(existsSync(MEMORY) ? MEMORY : os.tmpdir(), 'millstream-'));
    const args = [...JVM, QUIET, '-cp', classPath, MAIN, stateDir];
    return new KafkaStreamsJudge(spawn(java, args, { stdio: ['pipe', 'pipe', 'pipe'] }), stateDir);
  }

  ask(found: ResolvedCase): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      if (this.#waiting.length === 1) this.#beginToWait();
      this.#child.stdin?.write(`${JSON.stringify(found)}\n`);
    });
  }

  /** Lets the JVM end and removes what it kept on disk. */
  async close(): Promise<void> {
    this.#child.stdin?.end();
    await this.#ended;
    process.off('exit', this.#endAtOnce);
    await rm(this.#stateDir, { recursive: true, force: true });
  }

  readonly #endAtOnce = (): void => {
    this.#child.kill('SIGKILL');
    rmSync(this.#stateDir, { recursive: true, force: true });
  };

  #answered(line: string): void {
    this.#waiting.shift()?.resolve(JSON.parse(line) as Answer);
    this.#beginToWait();
  }

  #beginToWait(): void {
    clearTimeout(this.#patience);
    if (this.#waiting.length === 0) return;
    this.#patience = setTimeout(() => {
      this.#failure = new JudgeError(
        `Kafka Streams did not answer for ${PATIENCE_MS / 1000} s: ` +
          'does the case write into a topic that it reads without an end, or make very many windows of one record?',
      );
      this.#child.kill('SIGKILL');
    }, PATIENCE_MS);
  }

  #fail(): void {
    clearTimeout(this.#patience);
    const reason = this.#errors.trim().split('\n')[0] || 'it ended without a message';
    this.#failure ??= new JudgeError(`Kafka Streams could not be asked: ${reason}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
