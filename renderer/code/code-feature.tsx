import type { Feature } from '../store/feature.ts';
import { selectHasDesign } from '../store/selectors.ts';
import { CodePanel } from './code-panel.tsx';
import { codeOf } from './code-preview.ts';
import { GenerateDialog } from './generate-dialog.tsx';

/** The code that a design gives, to read and to write to disk. */
export const codeFeature: Feature = {
  id: 'code',
  bottomPanels: [{ id: 'code', title: 'Code', order: 3, Panel: CodePanel }],
  actions: [
    {
      id: 'code.generate',
      title: 'Generate code …',
      group: 'Code',
      keys: 'mod+g',
      when: selectHasDesign,
      run: (window) => codeOf(window).view.setState({ generateOpen: true }),
    },
    {
      id: 'code.show',
      title: 'Show the code of the design',
      group: 'Code',
      when: selectHasDesign,
      run: ({ view }) => view.showBottomTab('code'),
    },
  ],
  Background: GenerateDialog,
};
