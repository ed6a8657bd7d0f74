/** Gives the same object as long as all that it is made of is the same: React Flow then leaves it alone. */
export interface SceneMemory {
  readonly keep: <T extends object>(id: string, parts: readonly unknown[], make: () => T) => T;
}

export function createSceneMemory(): SceneMemory {
  const kept = new Map<string, { readonly parts: readonly unknown[]; readonly made: object }>();
  return {
    keep: <T extends object>(id: string, parts: readonly unknown[], make: () => T): T => {
      const before = kept.get(id);
      const same =
        before !== undefined &&
        before.parts.length === parts.length &&
        before.parts.every((part, index) => Object.is(part, parts[index]));
      if (same) {
        // What was kept under this id and these parts was made by the same caller.
        return before.made as T;
      }
      const made = make();
      kept.set(id, { parts, made });
      return made;
    },
  };
}
