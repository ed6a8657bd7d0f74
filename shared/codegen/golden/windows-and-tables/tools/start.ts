import { setTimeout as sleep } from 'node:timers/promises';
import { createTopics } from './lib/create-topics.js';
import { assertPortsFree } from './lib/free-ports.js';
import { runTool } from './lib/run-tool.js';
import { seed } from './lib/seed.js';
import { addressOf, type ServiceDescription, services } from './lib/services.js';
import { Supervisor } from './lib/supervisor.js';

const readyWithinMs = 60_000;

await runTool(async () => {
  await assertPortsFree(services);
  await createTopics();
  await seed();

  const supervisor = new Supervisor();
  const stopped = stopOnSignal(supervisor);
  for (const service of services) supervisor.start(service);
  await Promise.race([stopped, Promise.all(services.map(waitUntilReady))]);
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

async function waitUntilReady(service: ServiceDescription): Promise<void> {
  const giveUp = Date.now() + readyWithinMs;
  while (Date.now() < giveUp) {
    const answer = await fetch(new URL('/health', addressOf(service.name))).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  console.error(`${service.name} is not ready after ${readyWithinMs / 1_000} s.`);
}

function printAddresses(supervisor: Supervisor): void {
  console.log('\nRunning; Ctrl-C stops everything.\n');
  for (const { name, routes } of services) {
    const pid = supervisor.pidOf(name) ?? 'restarting';
    console.log(`  ${name.padEnd(18)} ${addressOf(name)}  pid ${pid}  ${routes.join(', ')}`);
  }
  console.log('');
}
