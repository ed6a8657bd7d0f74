import { FileJson, FilePlus2, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { formatAgo } from '../strings/counts.ts';
import { failureWords } from '../strings/host-errors.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import css from './open-screen.module.css';
import { Wordmark } from './wordmark.tsx';

interface ListedFile {
  readonly path: string;
  readonly name: string;
  readonly modified: number;
  readonly recent: boolean;
}

type Listing =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly text: string }
  | { readonly is: 'listed'; readonly files: readonly ListedFile[] };

/** What stands in the window while no design is open. */
export function OpenScreen() {
  const { dialogs, files, client } = useWindow();
  const host = useWindowState((state) => state.connection.host);
  const opening = useWindowState((state) => state.document.opening);
  const [listing, retry] = useListing();
  const pick = async () => {
    const { path } = await client.designs.pick({ for: 'open' });
    if (path !== null) {
      await files.open(path);
    }
  };
  return (
    <main className={css.screen}>
      <div className={css.column}>
        <Wordmark />
        <p className={css.lead}>
          Draw an event-driven system on Kafka, run the drawing, watch the real thing.
        </p>
        <div className={css.actions}>
          <Button
            look="primary"
            icon={<FilePlus2 size={15} aria-hidden="true" />}
            onClick={() => dialogs.ask('new')}
          >
            New design
          </Button>
          {host?.dialogs === true ? (
            <Button icon={<FolderOpen size={15} aria-hidden="true" />} onClick={() => void pick()}>
              Open a file
            </Button>
          ) : null}
        </div>
        <section aria-label="Designs" className={css.files}>
          {opening === null ? (
            <Files listing={listing} retry={retry} />
          ) : (
            <Skeleton label={`Opening ${opening}`} rows={3} />
          )}
        </section>
        <p className={css.foot}>
          <KeyHint keys="mod+k" /> shows every command
          {host === null ? null : <span className={css.folder}>{host.folder}</span>}
        </p>
      </div>
    </main>
  );
}

function Files({ listing, retry }: { readonly listing: Listing; readonly retry: () => void }) {
  const { files } = useWindow();
  if (listing.is === 'loading') {
    return <Skeleton label="Looking for designs" rows={3} />;
  }
  if (listing.is === 'failed') {
    return <EmptyState title={listing.text} action={<Button onClick={retry}>Try again</Button>} />;
  }
  if (listing.files.length === 0) {
    return (
      <EmptyState
        title="No designs here yet"
        text="A design is a file that ends in .millstream.json. Start one, or put one into the folder below."
      />
    );
  }
  const recent = listing.files.filter((file) => file.recent);
  const others = listing.files.filter((file) => !file.recent);
  return (
    <>
      <FileList title="Recent" files={recent} open={(path) => void files.open(path)} />
      <FileList title="In this folder" files={others} open={(path) => void files.open(path)} />
    </>
  );
}

interface FileListProps {
  readonly title: string;
  readonly files: readonly ListedFile[];
  readonly open: (path: string) => void;
}

function FileList({ title, files, open }: FileListProps) {
  if (files.length === 0) {
    return null;
  }
  return (
    <>
      <h2 className={css.heading}>{title}</h2>
      <ul>
        {files.map((file) => (
          <li key={file.path}>
            <button type="button" className={css.file} onClick={() => open(file.path)}>
              <FileJson size={16} className={css.icon} aria-hidden="true" />
              <span className={css.name}>
                <span className="visually-hidden">Open </span>
                {file.name}
              </span>
              <span className={css.path}>{file.path}</span>
              <time
                className={css.time}
                dateTime={new Date(file.modified).toISOString()}
                title={new Date(file.modified).toLocaleString()}
              >
                {formatAgo(file.modified, Date.now())}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function useListing(): readonly [Listing, () => void] {
  const { client } = useWindow();
  const link = useWindowState((state) => state.connection.link);
  const [turn, setTurn] = useState(0);
  const [listing, setListing] = useState<Listing>({ is: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    if (link !== 'open') {
      return;
    }
    const gone = new AbortController();
    setListing({ is: 'loading' });
    client.designs
      .list({}, gone.signal)
      .then(({ files }) => setListing({ is: 'listed', files }))
      .catch((error: unknown) => {
        if (!gone.signal.aborted) {
          setListing({ is: 'failed', text: failureWords('Listing designs', error).text });
        }
      });
    return () => gone.abort();
  }, [client, link, turn]);
  return [listing, () => setTurn(turn + 1)];
}
