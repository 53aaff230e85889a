package dev.jiggety.desktop.view.editor.form;

import dev.jiggety.desktop.view.editor.form.Slot.Choice;
import dev.jiggety.desktop.view.editor.form.Slot.Flag;
import dev.jiggety.desktop.view.editor.form.Slot.Kind;
import dev.jiggety.desktop.view.editor.form.Slot.Option;
import dev.jiggety.desktop.view.editor.form.Slot.Pairs;
import dev.jiggety.desktop.view.editor.form.Slot.Part;
import dev.jiggety.desktop.view.editor.form.Slot.Rows;
import dev.jiggety.desktop.view.editor.form.Slot.Text;
import dev.jiggety.model.Check;
import dev.jiggety.model.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which fields a test has: the table of docs/documents/test.md, as the form needs it. */
final class Shapes {
  /** A name and a value. */
  static final List<Slot> PAIR = List.of(required("name", Kind.WORD), required("value", Kind.TEXT));

  /** What is looked at, and how it is compared. */
  static final List<Slot> ASSERTION =
      List.of(
          required("on", Kind.WORD),
          word("name", ""),
          new Flag("not", false),
          required("op", Kind.WORD),
          text("value"));

  /** What is remembered of an answer. */
  static final List<Slot> CAPTURE =
      List.of(
          required("name", Kind.WORD),
          required("from", Kind.WORD),
          required("expression", Kind.TEXT),
          new Flag("secret", false));

  /** What every test begins with. */
  static final List<Slot> HEAD =
      List.of(
          required("id", Kind.WORD),
          required("name", Kind.WORD),
          new Flag("active", true),
          new Text("tags", Kind.WORDS, "", false));

  /** What every test has besides what its kind wants. */
  static final List<Slot> TAIL =
      List.of(
          new Part("schedule", schedule(), true),
          new Part(
              "where",
              List.of(
                  new Text("tags", Kind.WORDS, "", false),
                  new Text("nodes", Kind.WORDS, "", false)),
              false),
          number("samples", "1"),
          word("timeout", "10s"),
          new Part("retries", List.of(number("count", "1"), word("delay", "1s")), false),
          new Part("quorum", quorum(), false),
          new Part("degraded", degraded(), false),
          new Text("depends", Kind.WORDS, "", false),
          new Rows("assert", ASSERTION, false));

  private static final Part CONNECTION =
      new Part(
          "connection",
          List.of(
              word("version", "auto"),
              word("family", "any"),
              word("address", ""),
              word("resolver", ""),
              word("proxy", ""),
              text("authority"),
              text("client-certificate"),
              text("client-key")),
          false);

  /** The settings of each kind that is known. */
  static final Map<String, List<Slot>> KINDS = kinds();

  private Shapes() {}

  private static Map<String, List<Slot>> kinds() {
    Map<String, List<Slot>> kinds = new LinkedHashMap<>();
    kinds.put(Check.Http.KIND, http());
    kinds.put(
        Check.Script.KIND,
        List.of(
            required("source", Kind.TEXT),
            new Pairs("variables"),
            word("engine", "htmlunit"),
            new Flag("javascript", false),
            new Flag("strict", true),
            CONNECTION));
    kinds.put(
        Check.Page.KIND,
        List.of(
            required("url", Kind.WORD),
            word("engine", "htmlunit"),
            number("width", "1280"),
            number("height", "800"),
            word("settle", "0s"),
            CONNECTION));
    kinds.put(
        Check.Tcp.KIND,
        List.of(
            required("host", Kind.WORD),
            required("port", Kind.NUMBER),
            text("send"),
            text("expect"),
            new Flag("tls", false),
            CONNECTION));
    kinds.put(
        Check.Tls.KIND,
        List.of(
            required("host", Kind.WORD),
            number("port", "443"),
            word("server-name", ""),
            CONNECTION));
    kinds.put(
        Check.Dns.KIND,
        List.of(required("name", Kind.WORD), word("record", "a"), word("resolver", "")));
    return kinds;
  }

  private static List<Slot> http() {
    List<Slot> before = new ArrayList<>(List.of(required("name", Kind.WORD)));
    before.addAll(request());
    before.add(new Rows("assert", ASSERTION, false));
    List<Slot> http = new ArrayList<>(request());
    http.add(new Rows("before", before, false));
    http.add(CONNECTION);
    http.add(new Part("redirects", List.of(new Flag("follow", true), number("max", "10")), false));
    http.add(number("body-limit", "" + Check.Http.DEFAULT_BODY_LIMIT));
    return http;
  }

  private static List<Slot> request() {
    List<Slot> part =
        List.of(
            required("name", Kind.WORD),
            word("file", ""),
            word("type", ""),
            new Choice(
                "as",
                List.of(
                    new Option("content", List.of(required("content", Kind.TEXT))),
                    new Option("base64", List.of(required("base64", Kind.TEXT))))));
    return List.of(
        word("method", "GET"),
        required("url", Kind.WORD),
        new Rows("headers", PAIR, false),
        new Choice(
            "sends",
            List.of(
                new Option("none", List.of()),
                new Option("body", List.of(required("body", Kind.TEXT))),
                new Option("json", List.of(required("json", Kind.TEXT))),
                new Option("form", List.of(new Rows("form", PAIR, true))),
                new Option("parts", List.of(new Rows("parts", part, true))))),
        new Part(
            "auth",
            List.of(
                new Choice(
                    "by",
                    List.of(
                        new Option("none", List.of()),
                        new Option(
                            "basic",
                            List.of(
                                new Part(
                                    "basic",
                                    List.of(
                                        required("user", Kind.TEXT),
                                        required("password", Kind.TEXT)),
                                    true))),
                        new Option("bearer", List.of(required("bearer", Kind.TEXT)))))),
            false),
        new Rows("capture", CAPTURE, false));
  }

  private static List<Slot> schedule() {
    return List.of(
        new Choice(
            "when",
            List.of(
                new Option("every", List.of(new Text("every", Kind.WORD, "1m", true))),
                new Option("cron", List.of(required("cron", Kind.WORD), word("zone", "UTC"))))));
  }

  private static List<Slot> quorum() {
    return List.of(
        new Choice(
            "agree",
            List.of(
                new Option("percent", List.of(number("percent", "51"))),
                new Option("nodes", List.of(new Text("nodes", Kind.NUMBER, "2", true))))));
  }

  private static List<Slot> degraded() {
    List<Slot> slots = new ArrayList<>(List.of(word("total", "")));
    Arrays.stream(Phase.values()).map(phase -> word(phase.label(), "")).forEach(slots::add);
    slots.add(
        new Part(
            "percentile",
            List.of(number("share", "95"), word("over", "10m"), word("limit", "")),
            false));
    return slots;
  }

  private static Text text(String name) {
    return new Text(name, Kind.TEXT, "", false);
  }

  private static Text word(String name, String fallback) {
    return new Text(name, Kind.WORD, fallback, false);
  }

  private static Text number(String name, String fallback) {
    return new Text(name, Kind.NUMBER, fallback, false);
  }

  private static Text required(String name, Kind kind) {
    return new Text(name, kind, "", true);
  }
}
