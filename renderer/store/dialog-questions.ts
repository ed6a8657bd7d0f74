import { createStore, type StoreApi } from 'zustand/vanilla';

/** The questions of the frame that are not about the state of the file. */
export type Question = 'close' | 'new';

export interface DialogQuestions {
  readonly asked: StoreApi<{ readonly question: Question | null }>;
  readonly ask: (question: Question) => void;
  readonly answer: () => void;
}

export function createDialogQuestions(): DialogQuestions {
  const asked = createStore<{ readonly question: Question | null }>(() => ({ question: null }));
  return {
    asked,
    ask: (question) => asked.setState({ question }),
    answer: () => asked.setState({ question: null }),
  };
}
