import { useState } from 'react';
import type { WrittenFile } from '#shared/contract/output.ts';
import { writeDesign } from '#shared/design/write-design.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { useWindow } from '../store/window-context.tsx';
import type { CodeTarget } from './code-target.ts';
import { firstFolder } from './first-folder.ts';

interface Outcome {
  readonly folder: string;
  readonly files: readonly WrittenFile[];
  readonly written: boolean;
}

/** Asks the host to write code, or to say what it would write. */
export function useGenerate(first: CodeTarget) {
  const { client, store } = useWindow();
  const [target, setTarget] = useState(first);
  const [folder, setFolder] = useState(() =>
    firstFolder(store.getState().document.file?.path ?? null, first),
  );
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);

  const run = async (dryRun: boolean) => {
    const { design } = store.getState().document;
    if (design === null || folder.trim() === '') {
      return;
    }
    setBusy(true);
    setProblems([]);
    try {
      const done = await client.output.generate({
        text: writeDesign(design),
        target,
        folder: folder.trim(),
        dryRun,
      });
      setOutcome({ ...done, written: !dryRun });
    } catch (error) {
      setOutcome(null);
      setProblems(sentences(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    target,
    folder,
    outcome,
    problems,
    busy,
    run,
    setTarget: (chosen: CodeTarget) => {
      setTarget(chosen);
      setOutcome(null);
      if (folder === firstFolder(store.getState().document.file?.path ?? null, target)) {
        setFolder(firstFolder(store.getState().document.file?.path ?? null, chosen));
      }
    },
    setFolder: (typed: string) => {
      setFolder(typed);
      setOutcome(null);
    },
  };
}

/** A refusal has a sentence on each line. */
function sentences(error: unknown): readonly string[] {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof RpcError ? message.split('\n').filter((line) => line !== '') : [message];
}
