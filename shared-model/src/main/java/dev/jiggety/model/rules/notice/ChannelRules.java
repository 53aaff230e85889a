package dev.jiggety.model.rules.notice;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Channel.Command;
import dev.jiggety.model.Channel.Mail;
import dev.jiggety.model.Channel.Webhook;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.rules.Placeholders;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a channel, place by place, in the words of its document. */
public final class ChannelRules {
  /** What a channel or a policy may be called. */
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  static final String ID_RULE = "must be 1 to 64 lower-case letters, digits, dots and hyphens";

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>,;:\"\\[\\]()\\\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9.:\\[\\]-]{0,252}");
  private static final Pattern METHOD = Pattern.compile("POST|PUT|PATCH|GET");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** Set by the connection itself. */
  private static final List<String> NOT_OURS =
      List.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int MOST_TEXT = 20_000;
  private static final int MOST_ITEMS = 50;

  private ChannelRules() {}

  /** Everything that is wrong; empty when it can be used. */
  public static List<Problem> problems(Channel channel) {
    List<Problem> problems = new ArrayList<>();
    if (!ID.matcher(channel.id()).matches()) {
      problems.add(new Problem("id", ID_RULE));
    }
    oneLine("name", channel.name(), 200, problems);
    if (channel.timeout().compareTo(SHORTEST) < 0 || channel.timeout().compareTo(LONGEST) > 0) {
      problems.add(new Problem("timeout", "must be 1s to 2m"));
    }
    template("subject", channel.subject(), problems);
    template("text", channel.text(), problems);
    switch (channel.target()) {
      case Mail mail -> mail(mail, problems);
      case Webhook webhook -> webhook(webhook, problems);
      case Command command -> command(command, problems);
    }
    return List.copyOf(problems);
  }

  private static void mail(Mail mail, List<Problem> problems) {
    if (!HOST.matcher(mail.host()).matches()) {
      problems.add(new Problem("mail.host", "must be the name or address of a mail server"));
    }
    if (mail.port() < 1 || mail.port() > 65_535) {
      problems.add(new Problem("mail.port", "must be 1 to 65535, found " + mail.port()));
    }
    if ((mail.user() == null) != (mail.password() == null)) {
      problems.add(new Problem("mail.user", "goes with a password: give both or neither"));
    }
    if (mail.password() != null) {
      secret("mail.password", mail.password(), problems);
    }
    address("mail.from", mail.from(), problems);
    if (mail.to().isEmpty() || mail.to().size() > MOST_ITEMS) {
      problems.add(new Problem("mail.to", "must be 1 to " + MOST_ITEMS + " addresses"));
    }
    for (int i = 0; i < mail.to().size(); i++) {
      address("mail.to[" + i + "]", mail.to().get(i), problems);
    }
  }

  private static void address(String place, String address, List<Problem> problems) {
    if (!ADDRESS.matcher(address).matches()) {
      problems.add(
          new Problem(place, "must be a mail address like ops@example.org, found " + address));
    }
  }

  private static void webhook(Webhook webhook, List<Problem> problems) {
    if (!isHttp(webhook.url())) {
      problems.add(
          new Problem(
              "webhook.url", "must begin with https:// or http://, or be one ${secret.NAME}"));
    }
    switch (webhook.service()) {
      case PAGERDUTY -> secret("webhook.key", webhook.key(), problems);
      case GENERIC -> {
        if (!METHOD.matcher(webhook.method()).matches()) {
          problems.add(new Problem("webhook.method", "must be POST, PUT, PATCH or GET"));
        }
      }
      default -> {}
    }
    if (webhook.headers().size() > MOST_ITEMS) {
      problems.add(new Problem("webhook.headers", "must be at most " + MOST_ITEMS));
    }
    for (int i = 0; i < webhook.headers().size(); i++) {
      header("webhook.headers[" + i + "]", webhook.headers().get(i), problems);
    }
    template("webhook.body", webhook.body(), problems);
  }

  private static void header(String place, Header header, List<Problem> problems) {
    String name = header.name().toLowerCase(Locale.ROOT);
    if (!HEADER.matcher(header.name()).matches()) {
      problems.add(new Problem(place + ".name", "is no name of a header"));
    } else if (NOT_OURS.contains(name)) {
      problems.add(new Problem(place + ".name", "is set by the connection itself; leave it out"));
    }
    oneLine(place + ".value", header.value(), 4_000, problems);
    if (name.equals("authorization")) {
      secret(place + ".value", header.value(), problems);
    }
  }

  private static boolean isHttp(String url) {
    if (url.chars().anyMatch(c -> c <= ' ' || c == 127) || url.length() > 2_000) {
      return false;
    }
    if (url.startsWith("${secret.")) {
      return !Placeholders.find(url).isEmpty();
    }
    try {
      URI uri = new URI(Placeholders.fill(url, key -> "x"));
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static void command(Command command, List<Problem> problems) {
    if (!PROGRAM.matcher(command.program()).matches()) {
      problems.add(
          new Problem(
              "command.program",
              "must be the name of a file in the manager's folder of commands, without a path"));
    }
    if (command.arguments().size() > MOST_ITEMS) {
      problems.add(new Problem("command.arguments", "must be at most " + MOST_ITEMS));
    }
    for (int i = 0; i < command.arguments().size(); i++) {
      oneLine("command.arguments[" + i + "]", command.arguments().get(i), 4_000, problems);
    }
  }

  /** What nobody but the manager may know must not stand in what everybody can read. */
  private static void secret(String place, String text, List<Problem> problems) {
    if (Placeholders.find(text).stream().noneMatch(Placeholders.Reference::secret)) {
      problems.add(
          new Problem(
              place, "must be a secret of the manager: write ${secret.NAME} and keep it there"));
    }
  }

  private static void template(String place, @Nullable String text, List<Problem> problems) {
    if (text == null) {
      return;
    }
    if (text.isBlank() || text.length() > MOST_TEXT) {
      problems.add(new Problem(place, "must have 1 to " + MOST_TEXT + " characters"));
    }
    if (Placeholders.find(text).stream().anyMatch(Placeholders.Reference::secret)) {
      problems.add(
          new Problem(
              place, "can hold no secret: put it into the url, a header, the user or password"));
    }
  }

  static void oneLine(String place, String text, int longest, List<Problem> problems) {
    if (text.length() > longest || text.chars().anyMatch(c -> c < ' ' || c == 127)) {
      problems.add(new Problem(place, "must be one line of at most " + longest + " characters"));
    }
  }
}
