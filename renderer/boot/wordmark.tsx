import css from './wordmark.module.css';

/** The name, with its sign: a stream running through a millwheel. */
export function Wordmark() {
  return (
    <h1 className={css.mark}>
      <svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
        <circle cx="15" cy="15" r="11" className={css.wheel} />
        <path d="M15 4v22M4 15h22M7.2 7.2l15.6 15.6M22.8 7.2 7.2 22.8" className={css.spokes} />
        <circle cx="15" cy="15" r="3.4" className={css.hub} />
        <path
          d="M0 27.5c4 0 4-1.8 7.5-1.8s3.5 1.8 7.5 1.8 4-1.8 7.5-1.8 3.5 1.8 7.5 1.8"
          className={css.stream}
        />
      </svg>
      Millstream
    </h1>
  );
}
