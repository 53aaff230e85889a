package dev.jiggety.desktop.view.alerting;

import java.util.ArrayList;
import java.util.List;

/** A field of a form: where its value stands in the document, and how it is typed. */
public sealed interface Field {
  /** The path from the document, or from the row that the field stands in. */
  String place();

  /** One line of text; empty takes the member away. */
  record Line(String place) implements Field {}

  /** Several lines of text. */
  record Block(String place) implements Field {}

  /** A whole number; what is none stays as it was typed, and the rules say so. */
  record Whole(String place) implements Field {}

  /** One of some words; the first is what holds without the member. */
  record Choice(String place, List<String> values) implements Field {
    public Choice {
      values = List.copyOf(values);
    }
  }

  /** Yes or no; the member is there only where it is not as usual. */
  record Flag(String place, boolean usual) implements Field {}

  /** Names with commas between. */
  record Names(String place) implements Field {}

  /** Whole numbers with commas between. */
  record Wholes(String place) implements Field {}

  /** A time, typed by the clock on the wall and kept as UTC. */
  record Time(String place) implements Field {}

  /** Rows of fields. */
  record Rows(String place, List<Field> fields) implements Field {
    public Rows {
      fields = List.copyOf(fields);
    }
  }

  /** Which of several members there is: changing it puts another in its place. */
  record Shape(String place, List<String> values) implements Field {
    public Shape {
      values = List.copyOf(values);
    }
  }

  /** The form of a kind of document, as it stands now. */
  static List<Field> of(Kind kind, Draft draft) {
    return switch (kind) {
      case WINDOW -> window(draft);
      case POLICY -> policy();
      case CHANNEL -> channel(draft);
      case SETTINGS -> settings();
    };
  }

  private static List<Field> window(Draft draft) {
    List<Field> times =
        draft.has("once")
            ? List.of(new Time("once.from"), new Time("once.to"))
            : List.of(new Line("again.cron"), new Line("again.zone"), new Line("again.length"));
    return join(
        List.of(
            new Line("name"),
            new Flag("active", true),
            new Shape("times", List.of("again", "once"))),
        times,
        List.of(new Names("tags"), new Names("tests")));
  }

  private static List<Field> policy() {
    return List.of(
        new Line("name"),
        new Flag("active", true),
        new Names("which.kinds"),
        new Names("which.tags"),
        new Names("which.tests"),
        new Names("which.nodes"),
        new Rows("steps", List.of(new Line("after"), new Names("channels"))),
        new Line("remind"),
        new Line("group"),
        new Whole("limit.count"),
        new Line("limit.per"),
        new Rows("hours", List.of(new Line("cron"), new Line("for"), new Line("zone"))),
        new Rows(
            "quiet",
            List.of(new Line("cron"), new Line("for"), new Line("zone"), new Names("kinds"))),
        new Flag("resolved", true));
  }

  private static List<Field> channel(Draft draft) {
    List<Field> head =
        List.of(
            new Line("name"),
            new Shape(
                "kind",
                List.of("mail", "slack", "teams", "discord", "pagerduty", "webhook", "command")));
    List<Field> section =
        switch (draft.text("kind")) {
          case "mail" ->
              List.of(
                  new Line("mail.host"),
                  new Whole("mail.port"),
                  new Choice("mail.encryption", List.of("starttls", "tls", "none")),
                  new Line("mail.user"),
                  new Line("mail.password"),
                  new Line("mail.from"),
                  new Names("mail.to"));
          case "command" -> List.of(new Line("command.program"), new Names("command.arguments"));
          case "pagerduty" -> List.of(new Line("webhook.key"), new Line("webhook.url"));
          case "webhook" ->
              List.of(
                  new Line("webhook.url"),
                  new Choice("webhook.method", List.of("POST", "PUT", "PATCH", "GET")),
                  new Rows("webhook.headers", List.of(new Line("name"), new Line("value"))),
                  new Block("webhook.body"));
          default -> List.of(new Line("webhook.url"));
        };
    return join(
        head, section, List.of(new Line("timeout"), new Line("subject"), new Block("text")));
  }

  private static List<Field> settings() {
    return List.of(
        new Names("references"),
        new Line("retention.live"),
        new Line("retention.archive"),
        new Line("retention.disk"),
        new Wholes("certificate-days"));
  }

  private static List<Field> join(List<Field> one, List<Field> two, List<Field> three) {
    List<Field> all = new ArrayList<>(one);
    all.addAll(two);
    all.addAll(three);
    return List.copyOf(all);
  }
}
