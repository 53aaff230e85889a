package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.browser.View.Field;
import dev.jiggety.agent.browser.View.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Commands that fill in forms and send them. */
final class FormCommands {
  private final Session session;
  private final FieldWriter writer;

  FormCommands(Session session) {
    this.session = session;
    this.writer = new FieldWriter(session);
  }

  void value(String form, String field, String value) {
    FormFinder.Target target = FormFinder.field(form(form), field);
    writer.write(target, value);
  }

  /** Pairs like {@code field=value}. */
  void values(String form, List<String> pairs) {
    for (String pair : pairs) {
      int cut = pair.indexOf('=');
      value(form, pair.substring(0, cut), pair.substring(cut + 1));
    }
  }

  /** The next value for each field that fits; the last one for all that are left. */
  void matching(String form, String pattern, List<String> values) {
    List<FormFinder.Target> targets = FormFinder.matching(form(form), pattern);
    for (int i = 0; i < targets.size(); i++) {
      writer.write(targets.get(i), values.get(Math.min(i, values.size() - 1)));
    }
  }

  void clear(String name) {
    Form form = form(name);
    for (Field field : form.fields()) {
      if (!field.readOnly() && !field.disabled()) {
        clear(form.index(), field);
      }
    }
    session.clicked(form.index(), -1);
    session.forgetButton();
  }

  void action(String name, String url) {
    Form form = form(name);
    session.browser().action(form.index(), url);
    session.clicked(form.index(), -1);
  }

  void file(String name, String field, String fileName, String content, Optional<String> type) {
    Form form = form(name);
    Field found = FormFinder.field(form, field).first();
    if (!found.type().equals("file")) {
      throw ScriptFailure.wrong(
          "the field is of type " + found.type() + "; form_value fills it in");
    }
    session
        .browser()
        .attach(
            form.index(),
            found.index(),
            fileName,
            type.orElse("text/plain"),
            content.getBytes(StandardCharsets.UTF_8));
    session.clicked(form.index(), -1);
  }

  void submit(Optional<String> button, Optional<String> name) {
    View page = session.page();
    Form form = name.map(this::form).orElseGet(() -> current(page));
    int index = button.map(text -> button(form, text)).orElseGet(() -> button(form));
    if (!Pages.isWeb(form.action())) {
      throw ScriptFailure.wrong(
          "the form goes to " + Pages.cut(form.action()) + ", no web address");
    }
    session.navigate(() -> session.browser().submit(form.index(), index));
  }

  private Form form(String name) {
    return FormFinder.form(session.page(), name);
  }

  /** The form that was filled in last, or the only one. */
  private Form current(View page) {
    if (session.form() >= 0 && session.form() < page.forms().size()) {
      return page.forms().get(session.form());
    }
    if (page.forms().size() == 1) {
      return page.forms().getFirst();
    }
    throw ScriptFailure.wrong(
        page.forms().isEmpty()
            ? "the page " + Pages.name(page) + " has no forms"
            : "the page has "
                + page.forms().size()
                + " forms and none was filled in; say which: submit <button> <form>");
  }

  private static int button(Form form, String name) {
    Field field = FormFinder.field(form, name).first();
    if (!field.submits()) {
      throw ScriptFailure.wrong(
          "\"" + name + "\" is a field of type " + field.type() + " and sends nothing");
    }
    if (field.disabled()) {
      throw ScriptFailure.wrong("the button is disabled");
    }
    return field.index();
  }

  /** The button that was clicked last, or the first one; none where there is none. */
  private int button(Form form) {
    if (form.index() == session.form() && session.button() >= 0) {
      return session.button();
    }
    return form.fields().stream()
        .filter(field -> field.submits() && !field.disabled())
        .map(Field::index)
        .findFirst()
        .orElse(-1);
  }

  private void clear(int form, Field field) {
    switch (field.type()) {
      case "submit", "image", "button", "reset", "hidden", "file" -> {}
      case "checkbox", "radio" -> {
        if (field.checked()) {
          session.browser().check(form, field.index(), false);
        }
      }
      case "select" -> {
        if (!field.options().isEmpty()) {
          session.browser().set(form, field.index(), field.options().getFirst().value());
        }
      }
      case "select-multiple" ->
          field.options().stream()
              .filter(View.Option::selected)
              .forEach(
                  option -> session.browser().choose(form, field.index(), option.value(), false));
      default -> session.browser().set(form, field.index(), "");
    }
  }
}
