import type { HostHandlers } from '#shared/contract/contract.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { SandboxProblem } from '../clusters/sandbox/design/sandbox-problem.ts';
import { Sandbox } from '../clusters/sandbox/sandbox.ts';
import type { ClusterRegistry } from './clusters.ts';

/** The state is pushed at most this often. */
const watchEveryMs = 250;

export function createSandboxHandlers(registry: ClusterRegistry): HostHandlers['sandbox'] {
  const sandboxes = new Map<string, Sandbox>();
  const find = (cluster: string): Sandbox => {
    const sandbox = sandboxes.get(cluster);
    if (sandbox) return sandbox;
    throw new RpcError('not-found', 'This sandbox has ended; start it again from the Sandbox panel.', {
      cluster,
    });
  };
  return {
    start: async ({ text }) => {
      const sandbox = startSandbox(text);
      const cluster = registry.add({
        ...sandbox.port,
        close: async () => {
          sandboxes.delete(cluster);
          await sandbox.port.close();
        },
      });
      sandboxes.set(cluster, sandbox);
      return { cluster };
    },
    act: async ({ cluster, action }) => {
      if (find(cluster).act(action)) return {};
      throw new RpcError('refused', 'The sandbox has nothing of that name that this can be done to now.', {
        action: action.do,
      });
    },
    watch: ({ cluster }, emit, signal) => watchState(find(cluster), emit, signal),
    request: async ({ cluster, operator, params, body }) => {
      const answer = await find(cluster).request(operator, params, body);
      if (answer) return { status: answer.status, body: answer.body };
      throw new RpcError('not-found', `The design that runs has no HTTP operator “${operator}”.`, {
        operator,
      });
    },
  };
}

function startSandbox(text: string): Sandbox {
  const parsed = parseDesign(text);
  if (!parsed.ok) {
    throw new RpcError(
      'refused',
      `The design cannot run: ${parsed.error[0]?.message ?? 'it cannot be read.'}`,
    );
  }
  try {
    return new Sandbox(parsed.value, { startAt: Date.now(), realTime: true });
  } catch (error) {
    if (error instanceof SandboxProblem || (error instanceof Error && error.name === 'TopologyError')) {
      throw new RpcError('refused', error.message);
    }
    throw error;
  }
}

type Emit = Parameters<HostHandlers['sandbox']['watch']>[1];

/** Gives the state at once and after changes, until the listener or the sandbox ends. */
function watchState(sandbox: Sandbox, emit: Emit, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | null = null;
    const push = (): void => {
      timer = null;
      emit(sandbox.state);
    };
    const stopWatching = sandbox.watch(() => {
      timer ??= setTimeout(push, watchEveryMs);
    });
    const end = (): void => {
      if (timer) clearTimeout(timer);
      stopWatching();
      resolve();
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    emit(sandbox.state);
  });
}
