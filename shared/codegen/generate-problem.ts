/** Why a design cannot be generated. `where` names ids of the design; `message` is one sentence for a person. */
export interface GenerateProblem {
  readonly code: 'target' | 'invalid-design' | 'unsupported' | 'incomplete' | 'expression';
  readonly where: { readonly service?: string; readonly operator?: string; readonly id?: string };
  readonly message: string;
}
