import { FileWarning } from 'lucide-react';
import { useState } from 'react';
import { designProblemText } from '#shared/design/parse/design-problem.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { TextArea } from '../ui/text-input.tsx';
import css from './broken-screen.module.css';

/** A file that cannot be read as a design: what is wrong, where, and its text, which can be mended here. */
export function BrokenScreen() {
  const { files } = useWindow();
  const broken = useWindowState((state) => state.document.broken);
  const [text, setText] = useState(broken?.text ?? '');
  if (broken === null) {
    return null;
  }
  return (
    <main className={css.screen}>
      <header className={css.head}>
        <FileWarning size={20} className={css.icon} aria-hidden="true" />
        <div>
          <h1 className={css.title}>This file cannot be opened as a design</h1>
          <p className={css.path}>{broken.path}</p>
        </div>
      </header>
      <ul className={css.problems} aria-label="Problems of the file">
        {broken.problems.map((problem) => (
          <li key={designProblemText(problem)}>{designProblemText(problem)}</li>
        ))}
      </ul>
      <TextArea
        mono
        aria-label="Text of the file"
        className={css.text}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={css.actions}>
        <p className={css.hint}>The file is left as it is until you save.</p>
        <Button onClick={files.close}>Close</Button>
        <Button look="primary" onClick={() => files.readMended(text)}>
          Read the text again
        </Button>
      </div>
    </main>
  );
}
