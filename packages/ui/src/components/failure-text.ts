import { LogServiceError } from "@log-service/sdk";

interface FailureText {
  readonly title: string;
  readonly detail: string;
}

const ownTexts: Readonly<Record<string, FailureText>> = {
  UNREACHABLE: {
    title: "The service does not answer",
    detail: "Check the network, and whether the service runs.",
  },
  UNEXPECTED_ANSWER: {
    title: "Something else than the service has answered",
    detail: "That may be a proxy, or a service that is just starting.",
  },
};

const timeout: FailureText = {
  title: "The answer took too long",
  detail: "Take a shorter range, or a narrower query.",
};

const pageFault: FailureText = {
  title: "Something went wrong in this page",
  detail: "Load it anew; the address keeps what you look at.",
};

/** What went wrong, in words for whoever looks. What the service says is meant for people; what browsers say is not. */
export const failureText = (error: Error): FailureText => {
  if (error.name === "TimeoutError") return timeout;
  if (!(error instanceof LogServiceError)) return pageFault;
  const { code, answer, message } = error;
  return ownTexts[code] ?? { title: answer?.title ?? message, detail: message };
};

/** The same where there is room for a sentence only. */
export const failureSentence = (error: Error): string => {
  const { title, detail } = failureText(error);
  return error instanceof LogServiceError && error.answer ? detail : `${title}.`;
};
