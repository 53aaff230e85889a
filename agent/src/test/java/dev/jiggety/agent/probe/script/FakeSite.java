package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.browser.View.Field;
import dev.jiggety.agent.browser.View.Form;
import dev.jiggety.model.Check;
import dev.jiggety.model.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shop that only fake browsers see, the time that passes there, and what they did in it. */
final class FakeSite implements BrowserEngine {
  static final String AT = "https://shop.example";

  private final List<String> log = new ArrayList<>();
  private long nanos = 1_000_000_000L;

  /** Fields of the form of the page {@code /order}, in their order. */
  private static final List<Field> FIELDS =
      List.of(
          field(0, "the-user", "user", "text", "nobody"),
          field(1, null, "secret", "password", ""),
          field(2, null, "note", "textarea", "as it was"),
          select(3, "size", "select", "s", "Small", "m", "Middle", "-5", "Minus"),
          select(4, "extras", "select-multiple", "a", "Apple", "b", "Bean", "c", "Corn"),
          field(5, null, "gift", "checkbox", "yes"),
          field(6, null, "colour", "checkbox", "red"),
          field(7, null, "colour", "checkbox", "blue"),
          field(8, null, "way", "radio", "road"),
          field(9, null, "way", "radio", "rail"),
          new Field(10, null, "fixed", "text", "stays", false, true, false, List.of()),
          new Field(11, null, "off", "text", "", false, false, true, List.of()),
          field(12, null, "upload", "file", ""),
          field(13, null, "line-1", "text", ""),
          field(14, null, "line-2", "text", ""),
          field(15, null, "twin", "text", ""),
          field(16, null, "twin", "text", ""),
          field(17, null, "token", "hidden", "t1"),
          field(18, null, "go", "submit", "Order"),
          field(19, null, "act", "submit", "Save"),
          field(20, null, "idle", "button", "Idle"));

  @Override
  public Engine engine() {
    return Engine.HTMLUNIT;
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Browser open(BrowserOptions options) {
    return new FakeBrowser(this);
  }

  /** What browsers did, in order. */
  List<String> log() {
    return log;
  }

  void log(String line) {
    log.add(line);
  }

  long nanos() {
    return nanos;
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  List<String> cookies() {
    return List.of("session=4711; Path=/", "lang=en");
  }

  /** What is there; status 0 where nobody answers. */
  View page(String url) {
    String path = url.replaceFirst("^https?://[^/]*", "");
    return switch (path) {
      case "/" ->
          view(
              url,
              200,
              "The shop",
              "<h1>Welcome</h1>\n<p>Pigs: 3, cows: 12</p> costs $12 a.b",
              links("Log in", AT + "/login", "Basket", AT + "/basket?x=1", "Mail", "mailto:a@b"),
              List.of());
      case "/order" ->
          view(
              url,
              200,
              "Order",
              "order here",
              List.of(),
              List.of(
                  new Form(0, "f0", "order", AT + "/done", "POST", FIELDS),
                  form(1, "search", field(0, null, "q", "text", ""))));
      case "/login" ->
          view(
              url,
              200,
              "Log in – Shop",
              "<h1>Log in</h1>",
              List.of(),
              List.of(
                  form(
                      0,
                      "login",
                      field(0, null, "user", "text", ""),
                      field(1, null, "password", "password", ""),
                      field(2, null, "go", "submit", "Log in"))));
      case "/broken" -> view(url, 500, "Oops", "out of pigs", List.of(), List.of());
      case "/gone" -> view(url, 404, "Gone", "no pig", List.of(), List.of());
      case "/refused" -> view(url, 0, "", "", List.of(), List.of());
      case "/evil" -> view(url, 200, "Evil", "1,".repeat(60), List.of(), List.of());
      case "/elsewhere" ->
          view(
              url,
              200,
              "Elsewhere",
              "",
              List.of(),
              List.of(new Form(0, null, null, "javascript:x()", "GET", List.of())));
      case "/links" ->
          view(
              url,
              200,
              "Links",
              "",
              links("a", AT + "/", "b", AT + "/gone#x", "c", AT + "/refused", "d", "mailto:x@y"),
              List.of());
      case "/many" -> view(url, 200, "Many", "", many(), List.of());
      case "/stock" ->
          new View(
              url,
              200,
              List.of(new Check.Header("Content-Type", "application/json")),
              "",
              "{\"stock\": {\"pig\": 17, \"names\": [\"Tom\", \"Jo\"]}}",
              "application/json",
              List.of(),
              List.of());
      default -> view(url, 200, "Page " + path, path, List.of(), List.of());
    };
  }

  /** What XPath expressions and selectors find. */
  List<String> found(String url, String expression) {
    return switch (expression) {
      case "//h1", "h1" -> url.endsWith("/") ? List.of("Welcome") : List.of();
      case "//li" -> List.of("false", "true");
      case "//p" -> List.of("false");
      case "boolean(//p)" -> List.of("true");
      case "count(//h1)=2", "boolean(count(//h1)=2)" -> List.of("false");
      default -> List.of();
    };
  }

  private static List<View.Link> many() {
    List<View.Link> links = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      links.add(new View.Link(i, "l" + i, AT + "/p" + i));
    }
    return links;
  }

  private static View view(
      String url, int status, String title, String html, List<View.Link> links, List<Form> forms) {
    List<Check.Header> headers =
        List.of(new Check.Header("Content-Type", "text/html"), new Check.Header("X-Pig", "pink"));
    return new View(url, status, headers, title, html, "text/html", links, forms);
  }

  private static List<View.Link> links(String... textsAndUrls) {
    List<View.Link> links = new ArrayList<>();
    for (int i = 0; i < textsAndUrls.length; i += 2) {
      links.add(new View.Link(i / 2, textsAndUrls[i], textsAndUrls[i + 1]));
    }
    return links;
  }

  private static Form form(int index, String name, Field... fields) {
    return new Form(index, null, name, AT + "/done", "GET", List.of(fields));
  }

  private static Field field(
      int index, @Nullable String id, String name, String type, String value) {
    return new Field(index, id, name, type, value, false, false, false, List.of());
  }

  private static Field select(int index, String name, String type, String... options) {
    List<View.Option> all = new ArrayList<>();
    for (int i = 0; i < options.length; i += 2) {
      all.add(new View.Option(options[i], options[i + 1], i == 0));
    }
    return new Field(index, null, name, type, options[0], false, false, false, all);
  }
}
