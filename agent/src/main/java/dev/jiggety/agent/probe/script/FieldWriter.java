package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.browser.View.Field;
import dev.jiggety.twill.Kind;
import dev.jiggety.twill.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes values into fields of all types. A value that a field cannot take fails: a form that was
 * sent with something else would test something else.
 */
final class FieldWriter {
  private final Session session;

  FieldWriter(Session session) {
    this.session = session;
  }

  void write(FormFinder.Target target, String value) {
    Field field = target.first();
    int form = target.form().index();
    session.clicked(form, field.submits() ? field.index() : -1);
    if (field.submits()) {
      return; // clicked; submit sends it
    }
    if (field.disabled()) {
      throw ScriptFailure.wrong("the field is disabled and would not be sent");
    }
    if (field.readOnly() && !session.isOn(Kind.WRITE_READ_ONLY)) {
      throw ScriptFailure.wrong(
          "the field is read-only; config "
              + Kind.WRITE_READ_ONLY
              + " true writes it all the same");
    }
    switch (field.type()) {
      case "checkbox" -> checkbox(target, value);
      case "radio" -> radio(target, value);
      case "select" -> select(form, field, value);
      case "select-multiple" -> multiple(form, field, value);
      case "file" -> throw ScriptFailure.wrong("the field takes a file; form_file attaches one");
      case "button", "reset" ->
          throw ScriptFailure.wrong("a " + field.type() + " takes no value and sends nothing");
      default -> session.browser().set(form, field.index(), value);
    }
  }

  /** One: by a word, or by its value. Several of one name: by value, with + or - before it. */
  private void checkbox(FormFinder.Target target, String value) {
    int form = target.form().index();
    Optional<Field> exact = withValue(target.fields(), value);
    boolean signed = exact.isEmpty() && !value.isEmpty() && "+-".indexOf(value.charAt(0)) >= 0;
    Optional<Field> named = signed ? withValue(target.fields(), value.substring(1)) : exact;
    if (named.isPresent()
        && (signed || target.fields().size() > 1 || Words.truth(value).isEmpty())) {
      session.browser().check(form, named.get().index(), !signed || value.charAt(0) == '+');
      return;
    }
    if (target.fields().size() == 1 && Words.truth(value).isPresent()) {
      session.browser().check(form, target.first().index(), Words.truth(value).get());
      return;
    }
    throw ScriptFailure.wrong(
        target.fields().size() == 1
            ? "a checkbox is true or false, not \"" + Pages.cut(value) + "\""
            : "no checkbox has the value \"" + value + "\"; there are " + values(target.fields()));
  }

  private void radio(FormFinder.Target target, String value) {
    Field picked = target.first();
    List<Field> group =
        target.form().fields().stream()
            .filter(field -> field.type().equals("radio"))
            .filter(field -> picked.name() != null && picked.name().equals(field.name()))
            .toList();
    Optional<Field> named = withValue(group.isEmpty() ? target.fields() : group, value);
    boolean on = target.fields().size() == 1 && Words.truth(value).orElse(false);
    Field chosen =
        named
            .or(() -> on ? Optional.of(picked) : Optional.empty())
            .orElseThrow(() ->
                ScriptFailure.wrong(
                    "no radio button has the value \"" + value + "\"; there are " + values(group)));
    if (chosen.disabled()) {
      throw ScriptFailure.wrong("the radio button is disabled");
    }
    session.browser().check(target.form().index(), chosen.index(), true);
  }

  private void select(int form, Field field, String value) {
    Optional<View.Option> exact = option(field, value);
    if (exact.isPresent()) {
      session.browser().set(form, field.index(), exact.get().value());
    } else if (value.startsWith("+") && option(field, value.substring(1)).isPresent()) {
      select(form, field, value.substring(1));
    } else if (value.startsWith("-") && option(field, value.substring(1)).isPresent()) {
      select(form, field, field.options().getFirst().value()); // a single one always has a choice
    } else {
      throw noOption(field, value);
    }
  }

  private void multiple(int form, Field field, String value) {
    Optional<View.Option> exact = option(field, value);
    boolean signed = exact.isEmpty() && (value.startsWith("+") || value.startsWith("-"));
    View.Option option =
        exact
            .or(() -> signed ? option(field, value.substring(1)) : Optional.empty())
            .orElseThrow(() -> noOption(field, value));
    session.browser().choose(form, field.index(), option.value(), !signed || value.startsWith("+"));
  }

  private static Optional<View.Option> option(Field field, String value) {
    return field.options().stream()
        .filter(option -> option.value().equals(value))
        .findFirst()
        .or(() -> field.options().stream().filter(o -> o.text().strip().equals(value)).findFirst());
  }

  private static Optional<Field> withValue(List<Field> fields, String value) {
    return fields.stream().filter(field -> field.value().equals(value)).findFirst();
  }

  private static String values(List<Field> fields) {
    return fields.stream()
        .limit(20)
        .map(field -> "\"" + Pages.cut(field.value()) + "\"")
        .collect(Collectors.joining(", "));
  }

  private static ScriptFailure noOption(Field field, String value) {
    return ScriptFailure.wrong(
        "there is no choice \""
            + value
            + "\"; there are "
            + field.options().stream()
                .limit(20)
                .map(option -> "\"" + Pages.cut(option.value()) + "\"")
                .collect(Collectors.joining(", ")));
  }
}
