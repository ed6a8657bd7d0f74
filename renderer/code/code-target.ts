/** What code can be made for now. */
export const codeTargets = ['typescript', 'topics'] as const;
export type CodeTarget = (typeof codeTargets)[number];

export const targetWords: Readonly<Record<CodeTarget, string>> = {
  typescript: 'TypeScript services',
  topics: 'Topic configuration',
};

export const targetChoices = codeTargets.map((value) => ({ value, label: targetWords[value] }));
