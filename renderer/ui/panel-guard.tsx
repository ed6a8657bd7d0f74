import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

interface PanelGuardProps {
  /** What is inside, for the sentence: “The records”. */
  readonly what: string;
  readonly children: ReactNode;
}

interface PanelGuardState {
  readonly failure: string | null;
}

/** Keeps a fault within its panel: the drawing and the other panels go on, and nothing that was drawn is lost. */
export class PanelGuard extends Component<PanelGuardProps, PanelGuardState> {
  override readonly state: PanelGuardState = { failure: null };

  static getDerivedStateFromError(error: unknown): PanelGuardState {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <EmptyState
        title={`${this.props.what} cannot be shown`}
        text={`Something went wrong here (${failure}). Your design is unharmed; save it, and show this again.`}
        action={
          <Button size="sm" onClick={() => this.setState({ failure: null })}>
            Show it again
          </Button>
        }
      />
    );
  }
}
