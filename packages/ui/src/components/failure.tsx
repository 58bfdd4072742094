interface FailureProps {
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Says what went wrong, and what can be done. */
export const Failure = ({ error, onRetry }: FailureProps) => (
  <div role="alert">
    <p>{error.message}</p>
    <button type="button" onClick={onRetry}>
      Try again
    </button>
  </div>
);
