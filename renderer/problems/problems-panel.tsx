import { CircleCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Diagnostic, Severity } from '#shared/checks/diagnostic.ts';
import type { Design } from '#shared/design/design.ts';
import { selectDesign, selectProblemCounts } from '../store/selectors.ts';
import { useShallowState, useWindow, useWindowState } from '../store/window-context.tsx';
import { counted } from '../strings/counts.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { canvasPlace, placeWords } from './diagnostic-place.ts';
import css from './problems-panel.module.css';
import { SeveritySign, severityWords } from './severity-sign.tsx';

const severities: readonly Severity[] = ['error', 'warning', 'info'];
const mostShown = 400;

/** Everything the rules have found, worst first. */
export function ProblemsPanel() {
  const diagnostics = useWindowState((state) => state.document.diagnostics);
  const design = useWindowState(selectDesign);
  const [words, setWords] = useState('');
  const [hidden, setHidden] = useState<readonly Severity[]>([]);
  const shown = useMemo(
    () => diagnostics.filter((each) => !hidden.includes(each.severity) && hasWords(each, design, words)),
    [diagnostics, design, hidden, words],
  );
  if (diagnostics.length === 0) {
    return (
      <EmptyState
        icon={<CircleCheck size={22} aria-hidden="true" />}
        title="No problems"
        text="The rules look at ownership, retention, keys, partitions, windows and guarantees as you draw."
      />
    );
  }
  return (
    <div className={css.panel}>
      <div className={css.filters}>
        <TextInput
          type="search"
          aria-label="Filter problems"
          placeholder="Filter"
          className={css.filter}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <SeverityToggles hidden={hidden} onChange={setHidden} />
      </div>
      <ul className={css.list} aria-label="Problems">
        {shown.slice(0, mostShown).map((diagnostic) => (
          <Problem key={keyOf(diagnostic)} diagnostic={diagnostic} design={design} />
        ))}
      </ul>
      {shown.length === 0 ? (
        <p className={css.more}>
          No problem has these words. {counted(diagnostics.length, 'problem')} in all.
        </p>
      ) : null}
      {shown.length > mostShown ? (
        <p className={css.more}>{shown.length - mostShown} more. Filter to see them.</p>
      ) : null}
    </div>
  );
}

interface TogglesProps {
  readonly hidden: readonly Severity[];
  readonly onChange: (hidden: readonly Severity[]) => void;
}

function SeverityToggles({ hidden, onChange }: TogglesProps) {
  const counts = useShallowState(selectProblemCounts);
  const countOf = { error: counts.errors, warning: counts.warnings, info: counts.infos };
  return severities.map((severity) => (
    <button
      key={severity}
      type="button"
      aria-pressed={!hidden.includes(severity)}
      className={classNames(css.toggle, hidden.includes(severity) && css.off)}
      onClick={() =>
        onChange(
          hidden.includes(severity) ? hidden.filter((each) => each !== severity) : [...hidden, severity],
        )
      }
    >
      <SeveritySign severity={severity} size={13} />
      {counted(countOf[severity], severityWords[severity].toLowerCase())}
    </button>
  ));
}

function Problem({ diagnostic, design }: { readonly diagnostic: Diagnostic; readonly design: Design }) {
  const { view, edits } = useWindow();
  const { severity, message, why, code, fix } = diagnostic;
  const place = canvasPlace(design, diagnostic);
  return (
    <li className={css.problem}>
      <button
        type="button"
        className={css.go}
        disabled={place === null}
        onClick={() => (place === null ? undefined : view.reveal(place))}
      >
        <span className={css.sign}>
          <SeveritySign severity={severity} />
          <span className="visually-hidden">{severityWords[severity]}:</span>
        </span>
        <span className={css.words}>
          <span className={css.message}>{message}</span>
          <span className={css.why}>{why}</span>
        </span>
        <span className={css.place}>{placeWords(design, diagnostic)}</span>
        <span className={css.code}>{code}</span>
      </button>
      <span className={css.fix}>
        {fix === undefined ? null : (
          <Button size="sm" title={fix.title} onClick={() => edits.applyFix(fix)}>
            {fix.title.length <= 34 ? fix.title : 'Fix'}
          </Button>
        )}
      </span>
    </li>
  );
}

function hasWords(diagnostic: Diagnostic, design: Design, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  const text = `${diagnostic.message} ${diagnostic.code} ${placeWords(design, diagnostic)}`;
  return wanted === '' || text.toLowerCase().includes(wanted);
}

function keyOf({ code, where, message }: Diagnostic): string {
  return `${code} ${where.id} ${where.field ?? ''} ${message}`;
}
