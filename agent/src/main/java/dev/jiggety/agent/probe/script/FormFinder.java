package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.browser.View.Field;
import dev.jiggety.agent.browser.View.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Finds forms and fields by what a script calls them. A form: its id, its exact name, its number
 * from 1, else a pattern that finds one name. A field: its id, its exact name, its number from 1,
 * else a pattern that finds one name, else its value. What fits more than one is refused: a guess
 * would be believed.
 */
final class FormFinder {
  private FormFinder() {}

  /**
   * A field, or several that are one: radio buttons and checkboxes of one name.
   *
   * @param fields in the order of the form; not empty
   */
  record Target(Form form, List<Field> fields) {
    Field first() {
      return fields.getFirst();
    }
  }

  /** The form of that name. */
  static Form form(View view, String name) {
    List<Form> forms = view.forms();
    for (Predicate<Form> rule :
        List.<Predicate<Form>>of(
            form -> name.equals(form.id()),
            form -> name.equals(form.name()),
            form -> name.equals(String.valueOf(form.index() + 1)),
            form -> form.name() != null && finds(name, form.name()))) {
      List<Form> found = forms.stream().filter(rule).toList();
      if (found.size() > 1) {
        throw ScriptFailure.wrong(
            found.size() + " forms fit \"" + name + "\"; give the number of one: " + names(forms));
      }
      if (!found.isEmpty()) {
        return found.getFirst();
      }
    }
    throw ScriptFailure.wrong(
        forms.isEmpty()
            ? "the page " + Pages.name(view) + " has no forms"
            : "there is no form \"" + name + "\"; there are " + names(forms));
  }

  /** The field of that name. */
  static Target field(Form form, String name) {
    for (Predicate<Field> rule :
        List.<Predicate<Field>>of(
            field -> name.equals(field.id()),
            field -> name.equals(field.name()),
            field -> name.equals(String.valueOf(field.index() + 1)),
            field -> field.name() != null && finds(name, field.name()),
            field -> name.equals(field.value()))) {
      List<Field> found = form.fields().stream().filter(rule).toList();
      if (!found.isEmpty()) {
        return one(form, name, found);
      }
    }
    throw ScriptFailure.wrong(
        "there is no field \"" + name + "\" in form " + name(form) + "; there are " + fields(form));
  }

  /** All fields whose names the pattern finds; groups of one name as one. */
  static List<Target> matching(Form form, String pattern) {
    List<Target> targets = new ArrayList<>();
    form.fields().stream()
        .filter(field -> field.name() != null && !field.submits() && finds(pattern, field.name()))
        .map(Field::name)
        .distinct()
        .forEach(name -> {
          List<Field> same =
              form.fields().stream().filter(field -> Objects.equals(name, field.name())).toList();
          if (isGroup(same)) {
            targets.add(new Target(form, withoutHidden(same)));
          } else {
            same.forEach(field -> targets.add(new Target(form, List.of(field))));
          }
        });
    if (targets.isEmpty()) {
      throw ScriptFailure.wrong(
          "no field's name fits in form " + name(form) + "; there are " + fields(form));
    }
    return targets;
  }

  private static Target one(Form form, String name, List<Field> found) {
    if (found.size() == 1) {
      return new Target(form, found);
    }
    if (isGroup(found)) {
      return new Target(form, withoutHidden(found));
    }
    Field first = found.getFirst();
    boolean same =
        first.submits()
            && found.stream()
                .allMatch(field ->
                    Objects.equals(field.name(), first.name())
                        && field.value().equals(first.value()));
    if (same) {
      return new Target(form, List.of(first));
    }
    String numbers =
        found.stream()
            .map(field -> String.valueOf(field.index() + 1))
            .collect(Collectors.joining(", "));
    throw ScriptFailure.wrong(
        found.size() + " fields fit \"" + name + "\"; give the number of one of them: " + numbers);
  }

  /** Radio buttons of one name; checkboxes of one name, perhaps with a hidden field for none. */
  private static boolean isGroup(List<Field> fields) {
    String name = fields.getFirst().name();
    boolean oneName = fields.stream().allMatch(field -> Objects.equals(field.name(), name));
    List<String> types = withoutHidden(fields).stream().map(Field::type).distinct().toList();
    return oneName && (types.equals(List.of("radio")) || types.equals(List.of("checkbox")));
  }

  private static List<Field> withoutHidden(List<Field> fields) {
    return fields.stream().filter(field -> !field.type().equals("hidden")).toList();
  }

  private static boolean finds(String pattern, String text) {
    try {
      return Matching.finds(pattern, text);
    } catch (PatternSyntaxException e) {
      return false; // a plain name need not be a pattern
    }
  }

  private static String names(List<Form> forms) {
    return forms.stream().limit(10).map(FormFinder::name).collect(Collectors.joining(", "));
  }

  /** A form as people know it: its number and what it is called. */
  static String name(Form form) {
    String called = form.name() != null ? form.name() : form.id();
    return (form.index() + 1) + (called == null ? "" : " (" + called + ")");
  }

  private static String fields(Form form) {
    return form.fields().stream()
        .limit(20)
        .map(field -> {
          String called = field.name() != null ? field.name() : field.id();
          return called == null ? (field.index() + 1) + " (" + field.type() + ")" : called;
        })
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
