package dev.jiggety.twill;

import java.util.List;
import java.util.function.Function;

/**
 * An argument of a command: text with variables in it.
 *
 * @param column where it begins, from 1
 * @param written as it stands in the line, with its quotes
 * @param parts in order; none at all is the empty text
 */
public record Argument(int column, String written, List<Part> parts) {

  public Argument {
    parts = List.copyOf(parts);
  }

  /** A piece of an argument. */
  public sealed interface Part {}

  /** What stands for itself. */
  public record Text(String text) implements Part {}

  /**
   * What is looked up when the line runs: {@code $name}, <code>__name__</code> or {@code ${name}}.
   *
   * @param name with its underscores in <code>__name__</code>
   */
  public record Variable(String name, int column) implements Part {
    private static final String SECRET = "secret.";

    /** Whether it stands for a secret: {@code ${secret.NAME}}. */
    public boolean isSecret() {
      return name.startsWith(SECRET);
    }

    /** The name of the secret. */
    public String secret() {
      return name.substring(SECRET.length());
    }
  }

  /** Whether it says all by itself. */
  public boolean isLiteral() {
    return parts.stream().allMatch(Text.class::isInstance);
  }

  /** The variables in it. */
  public List<Variable> variables() {
    return parts.stream().filter(Variable.class::isInstance).map(Variable.class::cast).toList();
  }

  /** Its text when every variable is replaced by what {@code values} gives for it. */
  public String text(Function<Variable, String> values) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Text(String plain) -> text.append(plain);
        case Variable variable -> text.append(values.apply(variable));
      }
    }
    return text.toString();
  }

  /** Its text; variables as {@code ${name}}. */
  public String text() {
    return text(variable -> "${" + variable.name() + "}");
  }
}
