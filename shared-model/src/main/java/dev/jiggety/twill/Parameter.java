package dev.jiggety.twill;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command takes at one place.
 *
 * @param name for people; for parameters of a special kind its name
 * @param optional whether it may be left out, with all that follow
 * @param repeated whether any number of them may follow; only for the last one
 */
public record Parameter(String name, Kind kind, boolean optional, boolean repeated) {

  /** From words like {@code url [flags] pair...}. */
  static List<Parameter> all(String signature) {
    List<Parameter> parameters = new ArrayList<>();
    for (String word : signature.split(" ", -1)) {
      if (!word.isEmpty()) {
        String name = word.replaceAll("[\\[\\].]", "");
        parameters.add(
            new Parameter(name, Kind.of(name), word.startsWith("["), word.endsWith("...")));
      }
    }
    return List.copyOf(parameters);
  }

  @Override
  public String toString() {
    String shown = "<" + name + ">" + (repeated ? "..." : "");
    return optional ? "[" + shown + "]" : shown;
  }
}
