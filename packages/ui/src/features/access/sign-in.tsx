import { createClient, type LogServiceError } from "@log-service/sdk";
import { type FormEvent, useState } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { refusalOf } from "../../client/watch-fetch.ts";
import { Button } from "../../components/button.tsx";
import { failureSentence } from "../../components/failure-text.ts";
import { KeyIcon } from "../../components/icons.tsx";
import { Spinner } from "../../components/spinner.tsx";
import { refusalText } from "./refusal-text.ts";
import styles from "./sign-in.module.css";

/** Asks for one entry, as the cheapest thing that needs the right to read. */
const errorOfKey = async (apiKey: string): Promise<LogServiceError | undefined> =>
  createClient({ url: location.origin, apiKey, retries: 0 })
    .search({ limit: 1 })
    .then(
      () => undefined,
      (error) => error,
    );

interface Attempt {
  readonly isUnderWay: boolean;
  readonly says: string | undefined;
}

/** What a failed attempt says: about the key where it is the key, else what went wrong. */
const sayingOf = (error: LogServiceError): string => {
  const refusal = refusalOf(error.code);
  return refusal ? refusalText(refusal) : failureSentence(error);
};

const useAttempt = () => {
  const { refusal, signIn } = useClient();
  const before = refusal && refusal !== "keyMissing" ? refusalText(refusal) : undefined;
  const [attempt, setAttempt] = useState<Attempt>({ isUnderWay: false, says: before });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const apiKey = `${form.get("key")}`.trim();
    // A header takes no other characters: the browser would say that the service does not answer.
    if (!/^[\x21-\x7e]+$/.test(apiKey)) {
      setAttempt({ isUnderWay: false, says: refusalText("keyWrong") });
      return;
    }
    setAttempt({ isUnderWay: true, says: undefined });
    const error = await errorOfKey(apiKey);
    if (error) setAttempt({ isUnderWay: false, says: sayingOf(error) });
    else signIn(apiKey, form.has("remember"));
  };
  return { attempt, submit };
};

/** In place of the page, while the service does not let it read. */
export const SignIn = () => {
  const { attempt, submit } = useAttempt();
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit} aria-labelledby="sign-in">
        <h1 id="sign-in" className={styles.title}>
          <KeyIcon /> Sign in to the logs
        </h1>
        <p className={styles.text}>
          This service asks for an API key with the scope <code>read</code>. Whoever runs it makes
          one with <code>npm run keys</code>.
        </p>
        <label className={styles.label}>
          API key
          <input
            className={styles.key}
            name="key"
            type="password"
            required
            autoComplete="current-password"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the only thing to do here
            autoFocus
            aria-describedby="sign-in-says"
            aria-invalid={attempt.says !== undefined}
          />
        </label>
        <p id="sign-in-says" role="alert" className={styles.says}>
          {attempt.says}
        </p>
        <label className={styles.remember}>
          <input name="remember" type="checkbox" /> Remember it on this computer
        </label>
        <Button kind="primary" type="submit" disabled={attempt.isUnderWay}>
          Sign in {attempt.isUnderWay && <Spinner label="Signing in" />}
        </Button>
      </form>
    </main>
  );
};
