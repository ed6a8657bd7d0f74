import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/languages/definitions/markdown/register';
import 'monaco-editor/languages/definitions/shell/register';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

interface ShownFile {
  readonly path: string;
  readonly text: string;
  readonly line: number | null;
}

/** A read-only editor in a place of the page. */
export interface CodeEditor {
  show(file: ShownFile): void;
  /** Takes the colours from the page anew. */
  recolour(): void;
  dispose(): void;
}

const themeName = 'millstream';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

export function createCodeEditor(place: HTMLElement): CodeEditor {
  defineTheme();
  const editor = monaco.editor.create(place, {
    model: null,
    theme: themeName,
    readOnly: true,
    domReadOnly: true,
    automaticLayout: true,
    fontFamily: tokenOf('--font-mono'),
    fontSize: 12,
    lineHeight: 18,
    fontLigatures: false,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderLineHighlight: 'none',
    lineNumbersMinChars: 3,
    folding: true,
    wordWrap: 'off',
    bracketPairColorization: { enabled: false },
    padding: { top: 6, bottom: 6 },
    overviewRulerLanes: 0,
    ariaLabel: 'Generated code',
  });
  const marks = editor.createDecorationsCollection();
  let shown = '';
  return {
    show: ({ path, text, line }) => {
      const model = editor.getModel();
      if (model === null || path !== shown) {
        editor.setModel(monaco.editor.createModel(text, languageOf(path)));
        model?.dispose();
        shown = path;
      } else if (model.getValue() !== text) {
        model.setValue(text);
      }
      if (line === null) {
        marks.clear();
      } else {
        editor.revealLineInCenter(line);
        const options = { isWholeLine: true, className: 'millstream-shown-line' };
        marks.set([{ range: new monaco.Range(line, 1, line, 1), options }]);
      }
    },
    recolour: defineTheme,
    dispose: () => {
      editor.getModel()?.dispose();
      editor.dispose();
    },
  };
}

const languages: Readonly<Record<string, string>> = {
  ts: 'typescript',
  // JSON reads well as TypeScript, and needs no checker of its own to be read.
  json: 'typescript',
  md: 'markdown',
  yaml: 'yaml',
  yml: 'yaml',
  sh: 'shell',
};

function languageOf(path: string): string {
  return languages[path.slice(path.lastIndexOf('.') + 1)] ?? 'plaintext';
}

/** The page's own colours, quiet: comments step back, names stay plain, keywords carry the accent. */
function defineTheme(): void {
  const [text, quiet, dim, accent, info] = ['--text', '--text-2', '--text-3', '--accent', '--info'].map(
    tokenOf,
  );
  monaco.editor.defineTheme(themeName, {
    base: tokenOf('color-scheme') === 'light' ? 'vs' : 'vs-dark',
    inherit: false,
    rules: [
      { token: '', foreground: bare(text) },
      { token: 'comment', foreground: bare(dim) },
      { token: 'keyword', foreground: bare(accent) },
      { token: 'string', foreground: bare(info) },
      { token: 'number', foreground: bare(info) },
      { token: 'regexp', foreground: bare(info) },
      { token: 'type', foreground: bare(text) },
      { token: 'delimiter', foreground: bare(quiet) },
    ],
    colors: {
      'editor.background': tokenOf('--panel'),
      'editor.foreground': text ?? '',
      'editorLineNumber.foreground': dim ?? '',
      'editorLineNumber.activeForeground': quiet ?? '',
      'editor.selectionBackground': `${accent}44`,
      'editor.inactiveSelectionBackground': `${accent}2a`,
      'editorWidget.background': tokenOf('--raised'),
      'editorWidget.border': tokenOf('--line-strong'),
      'input.background': tokenOf('--field'),
      'scrollbarSlider.background': `${tokenOf('--line-strong')}88`,
      'scrollbarSlider.hoverBackground': `${tokenOf('--line-strong')}cc`,
      focusBorder: tokenOf('--focus'),
    },
  });
  monaco.editor.setTheme(themeName);
}

function bare(colour: string | undefined): string {
  return (colour ?? '').replace('#', '');
}

function tokenOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
