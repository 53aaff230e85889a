package dev.jiggety.agent.notify;

import com.google.gson.JsonObject;
import dev.jiggety.agent.notify.Message.Event;
import dev.jiggety.agent.notify.Templates.TemplateException;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Check.Header;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Requests to web services. Certificates are verified; redirects are not followed, since a message
 * would get lost on the way. Of what is answered no more than a line is read.
 */
final class WebhookTransport implements Transport, AutoCloseable {
  /** More than that become one event; a service takes only so many a minute. */
  private static final int MOST_EVENTS = 50;

  private static final int MOST_ANSWER = 2_000;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  private final HttpClient client;

  WebhookTransport(HttpClient client) {
    this.client = client;
  }

  /** With the certificates that Java believes. */
  static WebhookTransport usual() {
    return new WebhookTransport(
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(30))
            .build());
  }

  @Override
  public Answer send(Delivery delivery, Message message) throws InterruptedException {
    Channel.Webhook webhook = (Channel.Webhook) delivery.target();
    return switch (webhook.service()) {
      case SLACK -> post(delivery, webhook, Payloads.slack(message).toString(), message);
      case TEAMS -> post(delivery, webhook, Payloads.teams(message).toString(), message);
      case DISCORD -> post(delivery, webhook, Payloads.discord(message).toString(), message);
      case PAGERDUTY -> pagerDuty(delivery, webhook, message);
      case GENERIC -> generic(delivery, webhook, message);
    };
  }

  /** Each incident by itself; what was taken already is known again by its key. */
  private Answer pagerDuty(Delivery delivery, Channel.Webhook webhook, Message message)
      throws InterruptedException {
    List<Event> events = message.events();
    if (events.size() > MOST_EVENTS) {
      Event first = events.getFirst();
      boolean isOver = events.stream().allMatch(Event::over);
      events =
          List.of(new Event("", isOver, first.kind(), "jiggety", message.subject(), first.at()));
    }
    Answer answer = new Answer.Taken("");
    for (Event event : events) {
      JsonObject payload = Payloads.pagerDuty(message, event, webhook.key());
      answer = post(delivery, webhook, payload.toString(), message);
      if (!(answer instanceof Answer.Taken)) {
        return answer;
      }
    }
    return answer;
  }

  private Answer generic(Delivery delivery, Channel.Webhook webhook, Message message)
      throws InterruptedException {
    String template = webhook.body();
    String body = message.json().toString();
    String remark = "";
    if (template != null) {
      try {
        body =
            Templates.fill(
                template, message.context(), isJson(webhook) ? Templates.JSON : Templates.PLAIN);
      } catch (TemplateException e) {
        remark = "the template \"body\" was not used: " + e.getMessage();
      }
    }
    Answer answer = post(delivery, webhook, body, message);
    return answer instanceof Answer.Taken(String text, String before) && !remark.isEmpty()
        ? new Answer.Taken(text, before.isEmpty() ? remark : before + "; " + remark)
        : answer;
  }

  private static boolean isJson(Channel.Webhook webhook) {
    return header(webhook, "content-type").map(type -> type.contains("json")).orElse(true);
  }

  private static Optional<String> header(Channel.Webhook webhook, String name) {
    return webhook.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  private Answer post(Delivery delivery, Channel.Webhook webhook, String body, Message message)
      throws InterruptedException {
    HttpRequest request;
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create(webhook.url()))
              .timeout(delivery.channel().timeout())
              .version(version(webhook.url()))
              .method(
                  webhook.method(),
                  webhook.method().equals("GET")
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(body));
      builder.header("User-Agent", "Jiggety");
      builder.header("Idempotency-Key", message.key());
      webhook.headers().forEach(header -> builder.setHeader(header.name(), header.value()));
      if (header(webhook, "content-type").isEmpty()) {
        builder.header("Content-Type", "application/json; charset=utf-8");
      }
      request = builder.build();
    } catch (IllegalArgumentException _) {
      return new Answer.Refused("the address or a header cannot be used; look at the secrets");
    }
    return exchange(request);
  }

  /**
   * Without TLS, HTTP/2 would be asked for by an upgrade, which many a small server stumbles over.
   */
  private static HttpClient.Version version(String url) {
    return url.regionMatches(true, 0, "https:", 0, 6)
        ? HttpClient.Version.HTTP_2
        : HttpClient.Version.HTTP_1_1;
  }

  private Answer exchange(HttpRequest request) throws InterruptedException {
    String host = request.uri().getHost();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(host, response, Lines.one(beginning(body)));
      }
    } catch (HttpConnectTimeoutException e) {
      return new Answer.Later("no connection to " + host + " in time");
    } catch (HttpTimeoutException e) {
      return new Answer.Later(host + " did not answer in time");
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Answer.Later("no answer of " + host + ": " + Lines.one(why));
    }
  }

  private static Answer answer(String host, HttpResponse<InputStream> response, String said) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Answer.Taken((status + " " + said).strip());
    }
    String why = (host + " answered " + status + " " + said).strip();
    boolean passes = status >= 500 || status == 408 || status == 425 || status == 429;
    return passes ? new Answer.Later(why, wish(response)) : new Answer.Refused(why);
  }

  /** In seconds, as RFC 9110 has it; nobody can wish to be left alone for ever. */
  private static Optional<Duration> wish(HttpResponse<?> response) {
    try {
      return response
          .headers()
          .firstValue("Retry-After")
          .map(text -> Duration.ofMillis((long) (Double.parseDouble(text.strip()) * 1000)))
          .filter(Duration::isPositive)
          .map(wish -> wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
    } catch (NumberFormatException e) {
      return Optional.empty(); // a date: our own pace will do
    }
  }

  /** The status says all that counts: nobody is waited for who goes on talking. */
  private static String beginning(InputStream body) throws InterruptedException {
    AtomicReference<String> text = new AtomicReference<>("");
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                text.set(new String(body.readNBytes(MOST_ANSWER), StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.set("");
              }
            });
    reader.join(LONGEST_ANSWER);
    return Objects.requireNonNullElse(text.get(), "");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
