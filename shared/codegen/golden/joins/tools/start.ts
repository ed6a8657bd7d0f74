import { setTimeout as sleep } from 'node:timers/promises';
import { createTopics } from './lib/create-topics.js';
import { assertPortsFree } from './lib/free-ports.js';
import { runTool } from './lib/run-tool.js';
import { seed } from './lib/seed.js';
import { instances, type ServiceInstance } from './lib/services.js';
import { Supervisor } from './lib/supervisor.js';

const readyWithinMs = 60_000;

await runTool(async () => {
  await assertPortsFree(instances);
  await createTopics();
  await seed();

  const supervisor = new Supervisor();
  const stopped = stopOnSignal(supervisor);
  for (const instance of instances) supervisor.start(instance);
  await Promise.race([stopped, Promise.all(instances.map(waitUntilReady))]);
  printAddresses(supervisor);
  await stopped;
});

/** Ends every service at Ctrl-C or SIGTERM, so that no process is left behind. */
function stopOnSignal(supervisor: Supervisor): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) return;
      isStopping = true;
      console.log('Stopping.');
      void supervisor.stop().then(resolve);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    if (process.env.npm_lifecycle_event === 'start') onParentGone(stop);
  });
}

/** npm does not pass SIGTERM on; that it is gone shows in the parent's id. */
function onParentGone(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

async function waitUntilReady(instance: ServiceInstance): Promise<void> {
  const giveUp = Date.now() + readyWithinMs;
  while (Date.now() < giveUp) {
    const answer = await fetch(new URL('/health', addressOf(instance))).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  console.error(`${instance.label} is not ready after ${readyWithinMs / 1_000} s.`);
}

function addressOf({ port }: ServiceInstance): string {
  return `http://127.0.0.1:${port}`;
}

function printAddresses(supervisor: Supervisor): void {
  console.log('\nRunning; Ctrl-C stops everything.\n');
  for (const instance of instances) {
    const { label, service } = instance;
    const pid = supervisor.pidOf(instance) ?? 'restarting';
    console.log(
      `  ${label.padEnd(18)} ${addressOf(instance)}  pid ${pid}  ${service.routes.join(', ')}`,
    );
  }
  console.log('');
}
