package dev.jiggety.model;

import dev.jiggety.model.Check.Header;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A way to tell people. Texts marked so can refer to a secret of the manager by {@code
 * ${secret.NAME}}. Any value can be built; {@code model.rules.notice.ChannelRules} says what is
 * wrong with it.
 *
 * @param id lower-case letters, digits, dots and hyphens
 * @param name for people
 * @param timeout how long one attempt may take, connecting included
 * @param subject template of the first line; null for the built-in one
 * @param text template of the text; null for the built-in one
 */
public record Channel(
    String id,
    String name,
    Target target,
    Duration timeout,
    @Nullable String subject,
    @Nullable String text) {
  /** For channels that say nothing else. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  /** Where it goes. */
  public sealed interface Target {
    /** The name of the kind in documents. */
    String kind();
  }

  /**
   * Mail by SMTP (RFC 5321).
   *
   * @param port 1 to 65535
   * @param user null for no log-in; can refer to a secret
   * @param password null for no log-in; can refer to a secret
   * @param from an address
   * @param to addresses, at least one
   */
  public record Mail(
      String host,
      int port,
      Encryption encryption,
      @Nullable String user,
      @Nullable String password,
      String from,
      List<String> to)
      implements Target {
    public Mail {
      to = List.copyOf(to);
    }

    @Override
    public String kind() {
      return "mail";
    }
  }

  /** How a connection to a mail server is kept private. */
  public enum Encryption {
    /** Not at all. */
    NONE(25),
    /** It begins open and must go over to TLS (RFC 3207) before anything else is said. */
    STARTTLS(587),
    /** TLS from the beginning (RFC 8314). */
    TLS(465);

    private final int port;

    Encryption(int port) {
      this.port = port;
    }

    /** The usual port. */
    public int port() {
      return port;
    }

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A request to a web service.
   *
   * @param url can refer to secrets
   * @param key what PagerDuty calls routing key; can refer to a secret; empty for all others
   * @param method of generic ones; the others are {@code POST}
   * @param headers can refer to secrets
   * @param body template of the body of generic ones; null for the built-in JSON
   */
  public record Webhook(
      Service service,
      String url,
      String key,
      String method,
      List<Header> headers,
      @Nullable String body)
      implements Target {
    public Webhook {
      headers = List.copyOf(headers);
    }

    @Override
    public String kind() {
      return service.label();
    }
  }

  /** Whose language a webhook speaks. */
  public enum Service {
    /** Slack's incoming webhooks, and what understands the same (Mattermost, Rocket.Chat). */
    SLACK,
    /** Workflows of Microsoft Teams: an adaptive card. */
    TEAMS,
    /** Discord's webhooks. */
    DISCORD,
    /** PagerDuty's Events API v2. */
    PAGERDUTY,
    /** Whatever takes JSON, or a body of one's own. */
    GENERIC;

    /** Where PagerDuty's events go unless somebody says otherwise. */
    public static final String PAGERDUTY_URL = "https://events.pagerduty.com/v2/enqueue";

    /** The lower-case name that documents use. */
    public String label() {
      return this == GENERIC ? "webhook" : name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A program of the manager's machine, given the notice as JSON on its standard input.
   *
   * @param program the name of a file in the manager's folder of commands, no path
   * @param arguments as they are; no shell looks at them
   */
  public record Command(String program, List<String> arguments) implements Target {
    public Command {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String kind() {
      return "command";
    }
  }
}
