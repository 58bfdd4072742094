import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Sends a batch with the JDK alone. */
public final class Send {
  private static final Set<Integer> MAY_PASS = Set.of(408, 429, 500, 502, 503, 504);
  private static final int TRIES = 5;

  /** Stores the lines once, however often it has to ask, and returns the answer. */
  static String send(String ndjson) throws Exception {
    String url = System.getenv().getOrDefault("LOG_URL", "http://127.0.0.1:3000/logs");
    String apiKey = System.getenv("LOG_API_KEY");
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/x-ndjson")
            .header("idempotency-key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(ndjson));
    if (apiKey != null && !apiKey.isEmpty()) builder.header("authorization", "Bearer " + apiKey);
    HttpClient client = HttpClient.newHttpClient();
    for (int attempt = 1; ; attempt++) {
      long waitSeconds = 1L << (attempt - 1);
      String reason;
      try {
        HttpResponse<String> response =
            client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() < 300) return response.body();
        if (!MAY_PASS.contains(response.statusCode()) || attempt == TRIES)
          throw new IllegalStateException(response.body());
        waitSeconds = response.headers().firstValueAsLong("retry-after").orElse(waitSeconds);
        reason = url + " answered " + response.statusCode();
      } catch (IOException error) {
        reason = "no whole answer from " + url + ": " + error;
        if (attempt == TRIES) throw new IllegalStateException(reason);
      }
      System.err.println(reason + "; trying again in " + waitSeconds + " s");
      Thread.sleep(waitSeconds * 1000);
    }
  }

  public static void main(String[] arguments) throws Exception {
    String batch =
        """
        {"severity":"info","service":"chat","message":"channel opened","channel":"lobby"}
        {"severity":"error","service":"chat","message":"message lost","channel":"lobby","retry":true}
        """;
    try {
      System.out.println(send(batch));
    } catch (IllegalStateException refused) {
      System.err.println(refused.getMessage());
      System.exit(1);
    }
  }
}
