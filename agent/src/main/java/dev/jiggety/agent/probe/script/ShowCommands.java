package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import dev.jiggety.model.Check;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Commands that write into the output of the step. */
final class ShowCommands {
  private static final int MOST = 50;

  /** Headers whose values let somebody in. */
  private static final Set<String> PRIVATE = Set.of("authorization", "cookie", "set-cookie");

  private final Session session;
  private final Output output;

  ShowCommands(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  void echo(List<String> texts) {
    output.line(String.join(" ", texts));
  }

  void show(String what) {
    switch (what) {
      case "links" -> links();
      case "forms" -> forms();
      case "history" -> history();
      case "cookies" -> cookies();
      case "info" -> info();
      default -> html();
    }
  }

  void info() {
    View page = session.page();
    output.line(page.url());
    output.line("status " + page.status() + ", " + page.mediaType());
    output.line("title \"" + Pages.cut(page.title()) + "\"");
    output.line(page.links().size() + " links, " + page.forms().size() + " forms");
  }

  void html() {
    output.line(session.page().html().strip());
  }

  void links() {
    lines(links(session.page()));
  }

  void forms() {
    lines(forms(session.page()));
  }

  void history() {
    lines(session.browser().history());
  }

  /** Their values stay out: whoever has one is logged in. */
  void cookies() {
    lines(
        session.browser().cookies().stream()
            .map(cookie -> cookie.replaceFirst("=[^;]*", "=…"))
            .toList());
  }

  void headers() {
    lines(session.headers().stream().map(ShowCommands::header).toList());
  }

  void settings() {
    lines(session.settings());
  }

  void setting(String key) {
    output.line(key + " = " + session.setting(key));
  }

  /** A line for each link. */
  static List<String> links(View page) {
    return page.links().stream().map(link -> Pages.cut(link.text()) + " → " + link.url()).toList();
  }

  /** A line for each form. */
  static List<String> forms(View page) {
    return page.forms().stream().map(ShowCommands::form).toList();
  }

  private static String form(View.Form form) {
    return FormFinder.name(form)
        + " "
        + form.method()
        + " "
        + form.action()
        + ": "
        + form.fields().stream()
            .limit(MOST)
            .map(ShowCommands::field)
            .collect(Collectors.joining(", "));
  }

  /** What is typed into a field of type password is not shown. */
  private static String field(View.Field field) {
    String called = field.name() != null ? field.name() : field.id();
    String value = field.type().equals("password") ? "…" : Pages.cut(field.value());
    String text = (called == null ? "?" : called) + " (" + field.type() + ")";
    if (!field.options().isEmpty()) {
      String chosen =
          field.options().stream()
              .filter(View.Option::selected)
              .map(View.Option::value)
              .collect(Collectors.joining("+"));
      return text + " = " + Pages.cut(chosen);
    }
    if (field.type().equals("checkbox") || field.type().equals("radio")) {
      return text + " = " + value + (field.checked() ? " (chosen)" : "");
    }
    return value.isEmpty() ? text : text + " = " + value;
  }

  private static String header(Check.Header header) {
    boolean secret = PRIVATE.contains(header.name().toLowerCase(Locale.ROOT));
    return header.name() + ": " + (secret ? "…" : header.value());
  }

  private void lines(List<String> lines) {
    output.line(lines.isEmpty() ? "none" : String.join("\n", lines));
  }
}
