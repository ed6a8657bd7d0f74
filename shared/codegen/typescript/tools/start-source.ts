/** `tools/start.ts` of a generated project. */
export const startSource = `import { setTimeout as sleep } from 'node:timers/promises';
import { createTopics } from './lib/create-topics.js';
import { runTool } from './lib/run-tool.js';
import { seed } from './lib/seed.js';
import { addressOf, type ServiceDescription, services } from './lib/services.js';
import { Supervisor } from './lib/supervisor.js';

const readyWithinMs = 60_000;

await runTool(async () => {
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
    const stop = () => {
      console.log('Stopping.');
      void supervisor.stop().then(resolve);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

async function waitUntilReady(service: ServiceDescription): Promise<void> {
  const giveUp = Date.now() + readyWithinMs;
  while (Date.now() < giveUp) {
    const answer = await fetch(new URL('/health', addressOf(service.name))).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  console.error(\`\${service.name} is not ready after \${readyWithinMs / 1_000} s.\`);
}

function printAddresses(supervisor: Supervisor): void {
  console.log('\\nRunning; Ctrl-C stops everything.\\n');
  for (const { name, routes } of services) {
    const pid = supervisor.pidOf(name) ?? 'restarting';
    console.log(\`  \${name.padEnd(18)} \${addressOf(name)}  pid \${pid}  \${routes.join(', ')}\`);
  }
  console.log('');
}
`;
