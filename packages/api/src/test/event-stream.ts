/** One event of a stream; a comment has only text. */
export interface StreamEvent {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: string | undefined;
  readonly comment: string | undefined;
}

const fieldOf = (block: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];

const toEvent = (block: string): StreamEvent => ({
  event: fieldOf(block, "event"),
  id: fieldOf(block, "id"),
  data: fieldOf(block, "data"),
  comment: fieldOf(block, ""),
});

/** The events of one answer, as they come. */
export async function* eventsIn(response: Response): AsyncGenerator<StreamEvent> {
  let rest = "";
  for await (const bytes of response.body ?? []) {
    rest += Buffer.from(bytes).toString();
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield toEvent(block);
  }
}

type Connect = (headers: Readonly<Record<string, string>>) => Promise<Response>;

/**
 * Follows a stream as `EventSource` does: it keeps the last id, and connects again with it when the stream ends. It does
 * not wait before that.
 */
export async function* follow(connect: Connect, lastEventId?: string): AsyncGenerator<StreamEvent> {
  let id = lastEventId;
  for (;;) {
    const response = await connect({
      accept: "text/event-stream",
      ...(id !== undefined && { "last-event-id": id }),
    });
    for await (const event of eventsIn(response)) {
      id = event.id ?? id;
      yield event;
    }
  }
}

/** The next event of a name; those before it are passed over. */
export const nextNamed = async (
  events: AsyncGenerator<StreamEvent>,
  name: string,
): Promise<StreamEvent> => {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error(`the stream has ended without an event ${name}`);
    if (value.event === name) return value;
  }
};
