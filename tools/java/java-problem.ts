/** Java or Maven cannot do what is asked; the message is one sentence for a person. */
export class JavaProblem extends Error {
  override readonly name = 'JavaProblem';
}
