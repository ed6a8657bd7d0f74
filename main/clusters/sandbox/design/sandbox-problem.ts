/** Why a design cannot run in the sandbox; the message is one sentence that names the place. */
export class SandboxProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SandboxProblem';
  }
}
