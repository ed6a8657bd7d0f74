import { classNames } from '../ui/class-names.ts';
import css from './detail-facts.module.css';

export interface DetailFact {
  readonly name: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly tone?: 'warning' | 'error' | undefined;
}

/** Names and values in two columns; a fact without a value is left out. */
export function DetailFacts({ facts }: { readonly facts: readonly DetailFact[] }) {
  return (
    <dl className={css.facts}>
      {facts
        .filter(({ value }) => value !== '')
        .map(({ name, value, hint, tone }) => (
          <div key={name} className={css.fact}>
            <dt>{name}</dt>
            <dd title={hint ?? value} className={classNames(tone !== undefined && css[tone])}>
              {value}
            </dd>
          </div>
        ))}
    </dl>
  );
}
